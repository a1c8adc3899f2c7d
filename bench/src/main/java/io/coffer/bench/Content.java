package io.coffer.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Endless bytes that no compression shrinks: one random MiB, again and again. Immutable, so any
 * number of threads may share it.
 */
final class Content {
  static final int PERIOD_BYTES = 1 << 20;

  private final ByteBuffer period;

  Content(long seed) {
    byte[] bytes = new byte[PERIOD_BYTES];
    new Random(seed).nextBytes(bytes);
    period = ByteBuffer.allocateDirect(PERIOD_BYTES).put(bytes).flip().asReadOnlyBuffer();
  }

  /** The bytes from {@code offset} on, as many as lie together, at most {@code length}. */
  ByteBuffer at(long offset, long length) {
    int start = (int) (offset % PERIOD_BYTES);
    return period.slice(start, (int) Math.min(PERIOD_BYTES - start, length));
  }

  /** Whether these are the bytes from {@code offset} on; leaves the buffer as it is. */
  boolean matches(long offset, ByteBuffer bytes) {
    long at = offset;
    for (int done = 0; done < bytes.remaining(); ) {
      ByteBuffer expected = at(at, bytes.remaining() - done);
      int length = expected.remaining();
      if (!expected.equals(bytes.slice(bytes.position() + done, length))) {
        return false;
      }
      done += length;
      at += length;
    }
    return true;
  }

  /** Gives a digest the bytes of a piece. */
  void feed(MessageDigest digest, Slice slice) {
    long end = slice.offset() + slice.length();
    for (long at = slice.offset(); at < end; ) {
      ByteBuffer piece = at(at, end - at);
      at += piece.remaining();
      digest.update(piece);
    }
  }

  /** SHA-256 of the first {@code length} bytes, in lower-case hex. */
  String sha256(long length) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      feed(digest, new Slice(0, length));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
