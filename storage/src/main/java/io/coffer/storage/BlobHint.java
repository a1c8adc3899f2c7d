package io.coffer.storage;

/**
 * What is known of a blob before its bytes come; a backend may choose a place by it.
 *
 * @param length the number of bytes to come, or -1 when nobody knows
 */
public record BlobHint(long length) {
  public static final BlobHint UNKNOWN = new BlobHint(-1);
}
