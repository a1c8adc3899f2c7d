package io.coffer.checksums;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import java.util.function.Supplier;

/** XXH64, XXH3 and XXH128 with seed 0, in the canonical form of the xxHash specification. */
final class XxHash extends ArrayDigest {
  private final HashStream64 stream;
  private final Supplier<byte[]> result;

  private XxHash(HashStream64 stream, Supplier<byte[]> result) {
    this.stream = stream;
    this.result = result;
  }

  static XxHash of(HashStream64 stream) {
    return new XxHash(stream, () -> BigEndian.toBytes(stream.getAsLong(), Long.BYTES));
  }

  static XxHash of(HashStream128 stream) {
    return new XxHash(stream, () -> canonical(stream));
  }

  private static byte[] canonical(HashStream128 stream) {
    var hash = stream.get();
    byte[] bytes = new byte[2 * Long.BYTES];
    System.arraycopy(
        BigEndian.toBytes(hash.getMostSignificantBits(), Long.BYTES), 0, bytes, 0, Long.BYTES);
    System.arraycopy(
        BigEndian.toBytes(hash.getLeastSignificantBits(), Long.BYTES),
        0,
        bytes,
        Long.BYTES,
        Long.BYTES);
    return bytes;
  }

  @Override
  void update(byte[] bytes, int offset, int length) {
    stream.putBytes(bytes, offset, length);
  }

  @Override
  public byte[] finish() {
    return result.get();
  }
}
