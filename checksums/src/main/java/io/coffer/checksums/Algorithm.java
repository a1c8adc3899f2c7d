package io.coffer.checksums;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The checksum algorithms of S3; the names of the constants are those on the wire.
 *
 * <p>An object that was put at once has the checksum of its bytes, whatever the algorithm. For a
 * multipart upload it is either the checksum of all bytes (FULL_OBJECT), or that of the parts'
 * checksums, one after the other (COMPOSITE); AWS's user guide, "Checking object integrity for data
 * uploads", says which algorithm allows which. Where both are allowed the default is COMPOSITE.
 */
public enum Algorithm {
  CRC32(4, () -> new JdkCrc(new CRC32()), new CrcCombiner(32, 0xEDB88320L), true),
  CRC32C(4, () -> new JdkCrc(new CRC32C()), new CrcCombiner(32, 0x82F63B78L), true),
  CRC64NVME(8, Crc64Nvme::new, new CrcCombiner(64, Crc64Nvme.POLYNOMIAL), false),
  SHA1(20, () -> new JdkDigest("SHA-1"), null, true),
  SHA256(32, () -> new JdkDigest("SHA-256"), null, true),
  SHA512(64, () -> new JdkDigest("SHA-512"), null, true),
  MD5(16, () -> new JdkDigest("MD5"), null, true),
  XXHASH64(8, () -> XxHash.of(Hashing.xxh64().hashStream()), null, true),
  XXHASH3(8, () -> XxHash.of(Hashing.xxh3_64().hashStream()), null, true),
  XXHASH128(16, () -> XxHash.of(Hashing.xxh3_128().hashStream()), null, true);

  private static final Map<String, Algorithm> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Algorithm::name, Function.identity()));
  private static final Map<String, Algorithm> BY_HEADER =
      Arrays.stream(values()).collect(Collectors.toMap(Algorithm::headerName, Function.identity()));

  private final String headerName;
  private final int length;

  @SuppressWarnings("ImmutableEnumChecker") // it only makes new objects
  private final Supplier<Digest> digests;

  @SuppressWarnings("ImmutableEnumChecker") // its tables never change
  private final @Nullable CrcCombiner combiner;

  private final boolean composite;

  Algorithm(
      int length, Supplier<Digest> digests, @Nullable CrcCombiner combiner, boolean composite) {
    this.headerName = "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
    this.length = length;
    this.digests = digests;
    this.combiner = combiner;
    this.composite = composite;
  }

  /** The header or trailer that carries the checksum in Base64, in lower case. */
  public String headerName() {
    return headerName;
  }

  /** Bytes of a checksum. */
  public int length() {
    return length;
  }

  /** A new running checksum, of no bytes yet. */
  public Digest newDigest() {
    return digests.get();
  }

  /** Whether the checksum of a multipart upload may be that of all bytes (the CRCs). */
  public boolean fullObjectMultipart() {
    return combiner != null;
  }

  /** Whether the checksum of a multipart upload may be that of its parts' checksums. */
  public boolean compositeMultipart() {
    return composite;
  }

  /**
   * The checksum of two pieces one after the other, from their checksums alone; takes some
   * microseconds, whatever the length.
   *
   * @param secondLength bytes of the second piece
   * @throws UnsupportedOperationException unless {@link #fullObjectMultipart()}
   * @throws IllegalArgumentException if a checksum has another length than {@link #length()}, or
   *     {@code secondLength} is negative
   */
  public byte[] combine(byte[] first, byte[] second, long secondLength) {
    if (combiner == null) {
      throw new UnsupportedOperationException(name() + " checksums cannot be combined");
    }
    if (first.length != length || second.length != length || secondLength < 0) {
      throw new IllegalArgumentException(
          "two checksums of %d bytes and a length are needed, not %d and %d bytes and %d"
              .formatted(length, first.length, second.length, secondLength));
    }
    return combiner.combine(first, second, secondLength);
  }

  /** The algorithm of this name ({@code CRC32}; case does not matter), or null. */
  public static @Nullable Algorithm of(String wireName) {
    return BY_NAME.get(wireName.toUpperCase(Locale.ROOT));
  }

  /** The algorithm whose checksum this header carries (case does not matter), or null. */
  public static @Nullable Algorithm ofHeader(String header) {
    return BY_HEADER.get(header.toLowerCase(Locale.ROOT));
  }
}
