package io.coffer.service.sts;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Makes what a session token says small enough for a header. */
final class Packing {
  /** More than a session has, with its policies and tags at their largest. */
  private static final int MOST_BYTES = 1 << 18;

  private static final int CHUNK = 2_048;

  private Packing() {}

  static byte[] pack(byte[] bytes) {
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      var out = new ByteArrayOutputStream();
      var chunk = new byte[CHUNK];
      while (!deflater.finished()) {
        out.write(chunk, 0, deflater.deflate(chunk));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  /**
   * Undoes it.
   *
   * @throws IllegalStateException nothing that was packed here
   */
  static byte[] unpack(byte[] packed) {
    var inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      var out = new ByteArrayOutputStream();
      var chunk = new byte[CHUNK];
      while (!inflater.finished()) {
        int count = inflater.inflate(chunk);
        if (count == 0 || out.size() + count > MOST_BYTES) {
          throw new IllegalStateException("what was sealed is not a session");
        }
        out.write(chunk, 0, count);
      }
      return out.toByteArray();
    } catch (DataFormatException e) {
      throw new IllegalStateException("what was sealed is not a session", e);
    } finally {
      inflater.end();
    }
  }
}
