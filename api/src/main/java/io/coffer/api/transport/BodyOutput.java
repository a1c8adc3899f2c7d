package io.coffer.api.transport;

import io.coffer.model.FileSpan;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Copies the views of a body into direct buffers of the pool and hands them to the channel, waiting
 * while it is full. The last buffer is held back, so that a body that turns out to be bad at its
 * very end is never delivered whole. Used by the thread of the request.
 */
final class BodyOutput implements AutoCloseable {
  private static final int PIECE = 64 * 1024;

  /** Size of a chunk in hexadecimal, CR LF, and CR LF after it. */
  private static final int CHUNK_FRAMING = 8 + 2 + 2;

  private final Client client;
  private final boolean chunked;
  private @Nullable ByteBuf piece;

  BodyOutput(Client client, boolean chunked) {
    this.client = client;
    this.chunked = chunked;
  }

  void head(byte[] head) {
    piece = client.buffer(Math.max(PIECE, head.length + 1024)).writeBytes(head);
  }

  void write(Piece piece) throws IOException {
    switch (piece) {
      case Piece.View view -> copy(view.bytes());
      case Piece.Span span -> send(span.bytes());
    }
  }

  /**
   * Takes all of a view. Of a chunked body each view goes out at once: whoever makes it knows no
   * length, and may need long for the next one.
   */
  private void copy(ByteBuffer view) throws IOException {
    while (view.hasRemaining()) {
      var target = room();
      int space = target.writableBytes() - (chunked ? CHUNK_FRAMING : 0);
      int size = Math.min(space, view.remaining());
      var part = view.slice(view.position(), size);
      view.position(view.position() + size);
      if (chunked) {
        ByteBufUtil.writeAscii(target, Integer.toHexString(size) + "\r\n");
        target.writeBytes(part);
        ByteBufUtil.writeAscii(target, "\r\n");
        flush();
      } else {
        target.writeBytes(part);
      }
    }
  }

  /** Sends a span of a file after all before it; returns when it is sent. */
  private void send(FileSpan span) throws IOException {
    client.awaitRoom();
    var before = piece;
    piece = null;
    client.send(before, span, () -> {});
  }

  /** A buffer in which at least one byte of the body fits. */
  private ByteBuf room() throws IOException {
    if (piece != null && piece.writableBytes() <= CHUNK_FRAMING) {
      flush();
    }
    if (piece == null) {
      piece = client.buffer(PIECE);
    }
    return piece;
  }

  private void flush() throws IOException {
    client.awaitRoom();
    var full = piece;
    piece = null;
    if (full != null) {
      client.write(full);
    }
  }

  /** What is left to write, with the end of the body; may be null. */
  @Nullable ByteBuf last() {
    var last = piece;
    piece = null;
    if (chunked) {
      last = last == null ? client.buffer(16) : last;
      ByteBufUtil.writeAscii(last, "0\r\n\r\n");
    }
    return last;
  }

  @Override
  public void close() {
    if (piece != null) {
      piece.release();
      piece = null;
    }
  }
}
