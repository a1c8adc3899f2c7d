package io.coffer.service;

/**
 * Some bytes of an object.
 *
 * @param offset of the first
 * @param length how many; 0 for none
 */
public record ByteRange(long offset, long length) {
  /** As Content-Range says it: {@code bytes 0-9/100}. */
  public String contentRange(long size) {
    return "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }

  /** What is left of it after its first bytes. */
  ByteRange after(long bytes) {
    return new ByteRange(offset + bytes, length - bytes);
  }
}
