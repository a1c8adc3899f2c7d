package io.coffer.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Keeps the first and the last bytes of an answer and forgets those between. */
final class PageEdges implements Receiver {
  private static final int EDGE_BYTES = 4096;

  private final byte[] first = new byte[EDGE_BYTES];
  // A ring; the oldest byte is at lastCount % EDGE_BYTES once it is full.
  private final byte[] last = new byte[EDGE_BYTES];
  private int firstCount;
  private long lastCount;

  void clear() {
    firstCount = 0;
    lastCount = 0;
  }

  @Override
  public void receive(ByteBuffer bytes) {
    int head = Math.min(EDGE_BYTES - firstCount, bytes.remaining());
    bytes.get(first, firstCount, head);
    firstCount += head;
    int skipped = Math.max(0, bytes.remaining() - EDGE_BYTES);
    bytes.position(bytes.position() + skipped);
    lastCount += skipped;
    while (bytes.hasRemaining()) {
      int at = (int) (lastCount % EDGE_BYTES);
      int piece = Math.min(EDGE_BYTES - at, bytes.remaining());
      bytes.get(last, at, piece);
      lastCount += piece;
    }
  }

  /** The first and the last 4 KiB; all, if it is not more. */
  String text() {
    var text = new StringBuilder(text(first, 0, firstCount));
    int at = (int) (lastCount % EDGE_BYTES);
    if (lastCount > EDGE_BYTES) {
      text.append(text(last, at, EDGE_BYTES - at));
    }
    return text.append(text(last, 0, lastCount == EDGE_BYTES ? EDGE_BYTES : at)).toString();
  }

  private static String text(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }
}
