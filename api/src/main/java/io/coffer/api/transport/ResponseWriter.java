package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answer to one request: its head together with the first bytes of its body, then the
 * rest as fast as the client reads. Used by the thread of the request.
 */
final class ResponseWriter {
  /** A body up to this length goes out in one piece with its head. */
  private static final int SMALL = 16 * 1024;

  /** Unread bytes of a request that are worth draining to keep its connection. */
  static final int MAX_DRAINED = 256 * 1024;

  private final ConnectionHandler connection;
  private final AcceptedHead request;
  private final RequestBody requestBody;
  private boolean begun;
  private boolean done;

  ResponseWriter(ConnectionHandler connection, AcceptedHead request, RequestBody requestBody) {
    this.connection = connection;
    this.request = request;
    this.requestBody = requestBody;
  }

  /** Whether bytes of an answer went out; no other can be given then. */
  boolean begun() {
    return begun;
  }

  /** Whether the answer is complete. */
  boolean done() {
    return done;
  }

  /** See {@link Exchange#respond}; closes the body. */
  void write(int status, Headers headers, Body body) throws IOException {
    try (body) {
      if (begun) {
        throw new IllegalStateException("The request was answered already.");
      }
      write(status, headers, body, ResponseFraming.of(request, status, headers, body.length()));
    } catch (Throwable e) {
      if (begun && !done) {
        connection.client().abort();
      }
      throw e;
    }
  }

  private void write(int status, Headers headers, Body body, ResponseFraming framing)
      throws IOException {
    boolean close = framing.untilClose() || closesAfter(headers);
    var connectionOption = close ? "close" : request.http11() ? null : "keep-alive";
    var head = ResponseHead.encode(status, headers, framing.line(), connectionOption);
    if (framing.kind() == ResponseFraming.Kind.NONE) {
      finish(connection.client().buffer(head.length).writeBytes(head), close);
    } else if (framing.kind() == ResponseFraming.Kind.LENGTH && framing.length() <= SMALL) {
      writeSmall(head, body, (int) framing.length(), close);
    } else {
      stream(head, body, framing, close);
    }
  }

  private boolean closesAfter(Headers headers) {
    long leftover = requestBody.leftover();
    return !request.keepAlive()
        || leftover > MAX_DRAINED
        || requestBody.spoilsConnection()
        || connection.draining()
        || headers.all("Connection").stream().anyMatch(v -> v.equalsIgnoreCase("close"));
  }

  private void writeSmall(byte[] head, Body body, int length, boolean close) throws IOException {
    var whole = connection.client().buffer(head.length + length);
    try {
      whole.writeBytes(head);
      for (var view = body.next(); view != null; view = body.next()) {
        if (view.remaining() > length - (whole.readableBytes() - head.length)) {
          throw wrongLength(length);
        }
        whole.writeBytes(view);
      }
      if (whole.readableBytes() != head.length + length) {
        throw wrongLength(length);
      }
    } catch (Throwable e) {
      whole.release();
      throw e;
    }
    finish(whole, close);
  }

  private void stream(byte[] head, Body body, ResponseFraming framing, boolean close)
      throws IOException {
    boolean hasLength = framing.kind() == ResponseFraming.Kind.LENGTH;
    // Before the head: what fails here can still be answered with an error.
    boolean fromFile = hasLength && connection.client().tlsVersion() == null;
    var piece = Piece.next(body, fromFile);
    try (var output =
        new BodyOutput(connection.client(), framing.kind() == ResponseFraming.Kind.CHUNKED)) {
      begun = true;
      output.head(head);
      long left = framing.length();
      while (piece != null) {
        if (hasLength && piece.length() > left) {
          throw wrongLength(framing.length());
        }
        left -= piece.length();
        if (left == 0 && piece instanceof Piece.Span span) {
          connection.answer(output.last(), span.bytes(), close);
          done = true;
          return;
        }
        output.write(piece);
        piece = Piece.next(body, fromFile);
      }
      if (hasLength && left != 0) {
        throw wrongLength(framing.length());
      }
      finish(output.last(), close);
    }
  }

  private void finish(@Nullable ByteBuf last, boolean close) throws IOException {
    begun = true;
    connection.answer(last, close);
    done = true;
  }

  private static IllegalStateException wrongLength(long length) {
    return new IllegalStateException("The body of the answer does not have " + length + " bytes.");
  }
}
