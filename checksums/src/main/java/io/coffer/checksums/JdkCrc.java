package io.coffer.checksums;

import java.nio.ByteBuffer;
import java.util.zip.Checksum;

/** CRC32 and CRC32C of the JDK, which computes them with the processor's own instructions. */
final class JdkCrc implements Digest {
  private final Checksum crc;

  JdkCrc(Checksum crc) {
    this.crc = crc;
  }

  @Override
  public void update(ByteBuffer bytes) {
    crc.update(bytes);
  }

  @Override
  public byte[] finish() {
    return BigEndian.toBytes(crc.getValue(), Integer.BYTES);
  }
}
