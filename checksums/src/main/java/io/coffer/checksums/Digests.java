package io.coffer.checksums;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/** Several running checksums of the same bytes, in one pass. Not thread-safe. */
public final class Digests {
  // Small enough that the second algorithm finds the bytes in the processor's first caches.
  private static final int PIECE_BYTES = 16 * 1024;

  private final Map<Algorithm, Digest> digests = new EnumMap<>(Algorithm.class);

  /**
   * @param algorithms may be none; one that is named twice is computed once
   */
  public Digests(Collection<Algorithm> algorithms) {
    for (Algorithm algorithm : algorithms) {
      digests.computeIfAbsent(algorithm, Algorithm::newDigest);
    }
  }

  /** Takes all remaining bytes; the buffer's position moves to its limit. */
  public void update(ByteBuffer bytes) {
    int end = bytes.limit();
    while (bytes.position() < end) {
      int start = bytes.position();
      bytes.limit(Math.min(end, start + PIECE_BYTES));
      for (Digest digest : digests.values()) {
        digest.update(bytes.position(start));
      }
      bytes.position(bytes.limit()).limit(end);
    }
  }

  /** The checksums by algorithm; the digests are not to be used afterwards. */
  public Map<Algorithm, Checksum> finish() {
    var checksums = new EnumMap<Algorithm, Checksum>(Algorithm.class);
    digests.forEach(
        (algorithm, digest) -> checksums.put(algorithm, new Checksum(algorithm, digest.finish())));
    return checksums;
  }
}
