package io.coffer.storage;

/**
 * What is known of a blob before its bytes come; a backend may choose a place by it.
 *
 * @param length the number of bytes to come, or -1 when nobody knows
 * @param durability of the batch that is going to adopt it; what a backend makes of it is work that
 *     the commit would have, done early or not at all
 */
public record BlobHint(long length, Durability durability) {
  public static final BlobHint UNKNOWN = new BlobHint(-1);

  public BlobHint(long length) {
    this(length, Durability.SYNC);
  }
}
