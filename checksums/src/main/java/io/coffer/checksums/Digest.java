package io.coffer.checksums;

import java.nio.ByteBuffer;

/** One running checksum. Not thread-safe. */
public interface Digest {
  /** Takes all remaining bytes; the buffer's position moves to its limit. */
  void update(ByteBuffer bytes);

  /** The checksum in network byte order; the digest is not to be used afterwards. */
  byte[] finish();
}
