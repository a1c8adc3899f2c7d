package io.coffer.conformance;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A PUT of a presigned URL whose body is held back until the server has asked for it. */
final class HeldPut implements AutoCloseable {
  private final Socket socket;
  private final byte[] body;

  HeldPut(URI presigned, byte[] body) throws IOException {
    this.body = body;
    socket = new Socket(presigned.getHost(), presigned.getPort());
    var head =
        "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
            .formatted(
                presigned.getRawPath(),
                presigned.getRawQuery(),
                presigned.getAuthority(),
                body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  void awaitContinue() throws IOException {
    expect("HTTP/1.1 100 ");
  }

  void sendBody() throws IOException {
    socket.getOutputStream().write(body);
  }

  void awaitSuccess() throws IOException {
    expect("HTTP/1.1 200 ");
  }

  private void expect(String beginning) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new EOFException("the answer ends after: " + head);
      }
      head.write(next);
    }
    if (!head.toString(StandardCharsets.ISO_8859_1).startsWith(beginning)) {
      throw new AssertionError("not " + beginning + "but: " + head);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
