package io.coffer.api.transport;

import io.netty.buffer.ByteBuf;

/**
 * Finds obsolete line folding (RFC 9112 §5.2) in the raw bytes of a head, which Netty's decoder
 * silently joins. Looks at each byte of a head once, although the head may come in many pieces of
 * which the decoder has consumed some. Not thread-safe.
 */
final class FoldingScan {
  private static final byte LF = '\n';

  /** How many bytes from the reader index on have been looked at. */
  private int seen;

  private boolean begun;
  private boolean atLineStart;
  private boolean ended;

  /** Whether a byte of the head, other than the empty lines allowed before it, has come. */
  boolean begun() {
    return begun;
  }

  /** For the next head. */
  void reset() {
    seen = 0;
    begun = false;
    atLineStart = false;
    ended = false;
  }

  /** To be called when the decoder has moved the reader index. */
  void consumed(int bytes) {
    seen = Math.max(0, seen - bytes);
  }

  /** Looks at the bytes that are new; true if a line begins with white space. */
  boolean finds(ByteBuf buffer) {
    int index = buffer.readerIndex() + seen;
    int end = buffer.writerIndex();
    boolean folded = false;
    while (index < end && !ended && !folded) {
      byte first = buffer.getByte(index);
      if (!begun && (first == '\r' || first == LF)) {
        index++;
        continue;
      }
      begun = true;
      if (atLineStart) {
        folded = first == ' ' || first == '\t';
        ended = first == '\r' || first == LF;
        atLineStart = false;
      }
      int lineFeed = buffer.indexOf(index, end, LF);
      atLineStart = lineFeed >= 0;
      index = lineFeed < 0 ? end : lineFeed + 1;
    }
    seen = index - buffer.readerIndex();
    return folded;
  }
}
