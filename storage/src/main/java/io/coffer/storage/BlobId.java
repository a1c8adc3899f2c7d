package io.coffer.storage;

import java.util.HexFormat;

/**
 * The id of a blob: 128 bits, ordered by the time when it was chosen, never used twice.
 *
 * @param time microseconds since 1970 in the upper bits, then a counter
 * @param random unique within the time
 */
public record BlobId(long time, long random) implements Comparable<BlobId> {
  /** Characters of {@link #toString}. */
  public static final int TEXT_LENGTH = 32;

  /** What {@link #toString} gave. */
  public static BlobId parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      throw new IllegalArgumentException("not a blob id: " + text);
    }
    return new BlobId(
        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32));
  }

  @Override
  public int compareTo(BlobId other) {
    int byTime = Long.compareUnsigned(time, other.time);
    return byTime != 0 ? byTime : Long.compareUnsigned(random, other.random);
  }

  /** 32 lower-case hexadecimal digits, in the order of the ids. */
  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(time) + HexFormat.of().toHexDigits(random);
  }
}
