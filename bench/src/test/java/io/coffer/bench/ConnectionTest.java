package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ConnectionTest {
  private static final byte[] HEAD = "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final Request GET = new Request(HEAD, 0, 0, true);

  private final Content content = new Content(3);
  private ServerSocket server;

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /** Answers one connection with these bytes, once it has read so many; gives what it read. */
  private byte[][] serve(int requestBytes, String answer) {
    byte[][] read = new byte[1][];
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (var socket = server.accept()) {
                read[0] = socket.getInputStream().readNBytes(requestBytes);
                // Byte by byte: no answer comes in the pieces that a client would like.
                for (byte b : answer.getBytes(StandardCharsets.ISO_8859_1)) {
                  socket.getOutputStream().write(b);
                }
                socket.shutdownOutput();
                socket.getInputStream().readAllBytes();
              } catch (IOException e) {
                // the client has closed
              }
            });
    return read;
  }

  private Connection open() throws IOException {
    return Connection.open((InetSocketAddress) server.getLocalSocketAddress(), content);
  }

  private static String exchange(Connection connection, Request request) throws IOException {
    var body = new StringBuilder();
    var head =
        connection.exchange(
            request, bytes -> body.append(StandardCharsets.ISO_8859_1.decode(bytes)));
    return head.status() + " " + body;
  }

  @Test
  void answersFollowEachOtherOnOneConnection() throws IOException {
    serve(
        2 * HEAD.length,
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello"
            + "HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "3;x=y\r\nnot\r\nA\r\n there....\r\n0\r\nTrailer: x\r\n\r\n");
    var twice = new Request((new String(HEAD) + new String(HEAD)).getBytes(), 0, 0, true);
    try (var connection = open()) {
      assertEquals("200 hello", exchange(connection, twice));
      assertEquals("404 not there....", exchange(connection, new Request(new byte[0], 0, 0, true)));
    }
  }

  @Test
  void anAnswerToHeadHasNoBodyWhateverItsLength() throws IOException {
    serve(
        HEAD.length,
        "HTTP/1.1 200 OK\r\nContent-Length: 4096\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");
    try (var connection = open()) {
      assertEquals("200 ", exchange(connection, new Request(HEAD, 0, 0, false)));
      assertEquals("204 ", exchange(connection, GET));
    }
  }

  @Test
  void aBodyOutOfTheContentIsSentWhole() throws IOException {
    int length = 3 * Content.PERIOD_BYTES + 17;
    long offset = 99;
    byte[][] read = serve(HEAD.length + length, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    try (var connection = open()) {
      assertEquals("200 ", exchange(connection, new Request(HEAD, offset, length, true)));
    }
    var expected = new ByteArrayOutputStream();
    expected.writeBytes(HEAD);
    for (long at = offset; at < offset + length; ) {
      var piece = content.at(at, offset + length - at);
      byte[] bytes = new byte[piece.remaining()];
      piece.get(bytes);
      expected.writeBytes(bytes);
      at += bytes.length;
    }
    assertArrayEquals(expected.toByteArray(), read[0]);
  }

  @Test
  void anAnswerThatBreaksOffIsAnError() throws IOException {
    serve(HEAD.length, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhell");
    try (var connection = open()) {
      assertThrows(EOFException.class, () -> exchange(connection, GET));
    }
  }
}
