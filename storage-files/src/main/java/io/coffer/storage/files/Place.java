package io.coffer.storage.files;

import java.nio.ByteBuffer;

/**
 * Where an adopted blob is, as the family {@link Family#BLOBS} says it.
 *
 * @param inFile in a file of its own; else in {@link Family#INLINE}
 * @param length bytes of the blob
 */
record Place(boolean inFile, long length) {
  private static final byte INLINE = 1;
  private static final byte FILE = 2;

  static Place decode(byte[] stored) {
    return new Place(stored[0] == FILE, ByteBuffer.wrap(stored).getLong(1));
  }

  byte[] encode() {
    return ByteBuffer.allocate(1 + Long.BYTES).put(inFile ? FILE : INLINE).putLong(length).array();
  }
}
