package io.coffer.checksums;

import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A checksum and how it was computed. Immutable; equal when algorithm and bytes are. */
public record Checksum(Algorithm algorithm, byte[] value) {
  /**
   * Copies the value.
   *
   * @param value in network byte order, of the algorithm's length
   * @throws IllegalArgumentException if the length is another
   */
  public Checksum {
    if (value.length != algorithm.length()) {
      throw new IllegalArgumentException(
          algorithm + " has " + algorithm.length() + " bytes, not " + value.length);
    }
    value = value.clone();
  }

  /** The checksum in Base64 with padding, as headers carry it; null if it is not one. */
  public static @Nullable Checksum parse(Algorithm algorithm, String base64) {
    // The JDK's decoder takes values without their padding; AWS does not.
    if (base64.length() != (algorithm.length() + 2) / 3 * 4) {
      return null;
    }
    try {
      byte[] value = Base64.getDecoder().decode(base64);
      return value.length == algorithm.length() ? new Checksum(algorithm, value) : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** A copy of the bytes, in network byte order. */
  @Override
  public byte[] value() {
    return value.clone();
  }

  /** Base64 with padding, as headers carry it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Checksum that
        && algorithm == that.algorithm
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * algorithm.hashCode() + Arrays.hashCode(value);
  }

  /** As in {@code CRC32=y/Q5Jg==}. */
  @Override
  public String toString() {
    return algorithm + "=" + base64();
  }
}
