package io.coffer.api.transport;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends exactly the bytes it is told to, and reads answers by their framing. */
final class RawClient implements Closeable {
  private final Socket socket;
  private final InputStream input;

  RawClient(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  /**
   * @param receiveBuffer bytes that the system keeps for this client, or 0 for its default
   */
  RawClient(InetSocketAddress server, int receiveBuffer) throws IOException {
    this(new Socket(), server, receiveBuffer);
  }

  private RawClient(Socket socket, InetSocketAddress server, int receiveBuffer) throws IOException {
    this.socket = socket;
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    socket.connect(server);
    input = socket.getInputStream();
  }

  /** With TLS, as that socket factory does it. */
  RawClient(InetSocketAddress server, javax.net.SocketFactory tls) throws IOException {
    this(tls.createSocket(), server, 0);
  }

  Socket socket() {
    return socket;
  }

  /** Sends characters as ISO 8859-1. */
  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Closes our side; the server's stays open. */
  RawClient finish() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** An answer; the body of one to HEAD has to be left out. */
  record Answer(String head, byte[] body) {
    int status() {
      return Integer.parseInt(head.substring(9, 12));
    }

    boolean has(String headerLine) {
      return head.toLowerCase(java.util.Locale.ROOT)
          .contains("\r\n" + headerLine.toLowerCase(java.util.Locale.ROOT) + "\r\n");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Answer answer() throws IOException {
    return answer(true);
  }

  Answer answer(boolean withBody) throws IOException {
    var head = head();
    var lower = head.toLowerCase(java.util.Locale.ROOT);
    int at = lower.indexOf("\r\ncontent-length: ");
    if (!withBody || lower.startsWith("http/1.1 1")) {
      return new Answer(head, new byte[0]);
    }
    if (at >= 0) {
      int end = lower.indexOf("\r\n", at + 2);
      return new Answer(head, exactly(Integer.parseInt(lower.substring(at + 18, end))));
    }
    if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
      return new Answer(head, chunks());
    }
    return new Answer(head, input.readAllBytes());
  }

  /** A head with the empty line after it, of which the last line end is kept. */
  String head() throws IOException {
    var head = new ByteArrayOutputStream();
    while (true) {
      head.write(oneByte());
      if (head.size() > 3 && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        var text = head.toString(StandardCharsets.UTF_8);
        return text.substring(0, text.length() - 2);
      }
    }
  }

  byte[] exactly(int length) throws IOException {
    var bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("after " + bytes.length + " of " + length + " bytes");
    }
    return bytes;
  }

  /** At most this many bytes, at least one, or none at the end. */
  byte[] some(int most) throws IOException {
    var bytes = new byte[most];
    int count = input.read(bytes);
    return java.util.Arrays.copyOf(bytes, Math.max(0, count));
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.write(exactly(size));
      line();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    while (true) {
      char c = (char) oneByte();
      if (c == '\n') {
        return line.toString().strip();
      }
      line.append(c);
    }
  }

  private int oneByte() throws IOException {
    int b = input.read();
    if (b < 0) {
      throw new EOFException("the server closed the connection");
    }
    return b;
  }

  /** Whether the server closes its side now, without another byte. */
  boolean seesTheEnd() throws IOException {
    return input.read() < 0;
  }

  /** Reads until the server closes. */
  byte[] rest() throws IOException {
    return input.readAllBytes();
  }

  /** Does not wait longer than this for a byte. */
  RawClient patience(int millis) throws IOException {
    socket.setSoTimeout(millis);
    return this;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Closes with a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
