package io.coffer.bench;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that is kept: one request after the other, blocking, bytes moved without copying. As
 * much of HTTP/1.1 as S3 servers speak to well-formed requests. Not thread-safe; after an exception
 * only {@link #close} may be called.
 */
final class Connection implements Closeable {
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int MAX_HEAD_BYTES = 64 * 1024;

  private final Content content;
  private final SocketChannel channel;
  // Between calls: what was read and not yet consumed.
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  private Connection(Content content, SocketChannel channel) {
    this.content = content;
    this.channel = channel;
  }

  static Connection open(InetSocketAddress address, Content content) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(address);
      return new Connection(content, channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** Sends the request and reads the whole answer. */
  ResponseHead exchange(Request request, Receiver receiver) throws IOException {
    send(request);
    ResponseHead head;
    do {
      head = readHead();
    } while (head.status() == 100);
    readBody(request, head, receiver);
    return head;
  }

  private void send(Request request) throws IOException {
    ByteBuffer head = ByteBuffer.wrap(request.head());
    long sent = 0;
    while (head.hasRemaining() || sent < request.bodyLength()) {
      long offset = request.bodyOffset() + sent;
      ByteBuffer piece = content.at(offset, request.bodyLength() - sent);
      int before = piece.remaining();
      if (head.hasRemaining()) {
        channel.write(new ByteBuffer[] {head, piece});
      } else {
        channel.write(piece);
      }
      sent += before - piece.remaining();
    }
  }

  private ResponseHead readHead() throws IOException {
    int scanned = 0;
    while (true) {
      for (int i = buffer.position() + scanned; i + 3 < buffer.limit(); i++) {
        if (buffer.get(i) == '\r' && buffer.getInt(i) == 0x0D0A0D0A) {
          return ResponseHead.parse(take(i + 2 - buffer.position(), 2));
        }
      }
      scanned = Math.max(0, buffer.remaining() - 3);
      if (buffer.remaining() > MAX_HEAD_BYTES) {
        throw new IOException("an answer with a head of more than 64 KiB");
      }
      readMore();
    }
  }

  private void readBody(Request request, ResponseHead head, Receiver receiver) throws IOException {
    if (!request.hasResponseBody() || head.status() == 204 || head.status() == 304) {
      return;
    }
    if (head.chunked()) {
      readChunks(receiver);
    } else if (head.contentLength() >= 0) {
      readExactly(head.contentLength(), receiver);
    } else {
      throw new IOException("an answer without a length");
    }
  }

  private void readChunks(Receiver receiver) throws IOException {
    while (true) {
      String size = readLine();
      int extension = size.indexOf(';');
      String digits = extension < 0 ? size : size.substring(0, extension);
      long length = Long.parseLong(digits.strip(), 16);
      if (length == 0) {
        while (!readLine().isEmpty()) {
          // trailing fields say nothing that is measured
        }
        return;
      }
      readExactly(length, receiver);
      readLine();
    }
  }

  private String readLine() throws IOException {
    while (true) {
      for (int i = buffer.position(); i + 1 < buffer.limit(); i++) {
        if (buffer.get(i) == '\r' && buffer.get(i + 1) == '\n') {
          return take(i - buffer.position(), 2);
        }
      }
      if (buffer.remaining() > MAX_HEAD_BYTES) {
        throw new IOException("a line of more than 64 KiB");
      }
      readMore();
    }
  }

  private void readExactly(long length, Receiver receiver) throws IOException {
    long rest = length;
    while (rest > 0) {
      if (!buffer.hasRemaining()) {
        readMore();
      }
      int piece = (int) Math.min(rest, buffer.remaining());
      receiver.receive(buffer.slice(buffer.position(), piece));
      buffer.position(buffer.position() + piece);
      rest -= piece;
    }
  }

  /** Text of the next bytes, and over the line end behind it. */
  private String take(int length, int skip) {
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    buffer.position(buffer.position() + skip);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private void readMore() throws IOException {
    buffer.compact();
    int read = channel.read(buffer);
    buffer.flip();
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
