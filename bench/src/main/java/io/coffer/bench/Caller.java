package io.coffer.bench;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Sends requests one after the other, and reads each answer whole. Not thread-safe. */
final class Caller implements Closeable {
  /** Enough text for an error, and for the answer of any request but a listing. */
  static final int SHORT_TEXT = 4 << 10;

  /** Enough text for a page of a listing. */
  static final int LONG_TEXT = 4 << 20;

  private final Endpoint endpoint;
  private final Content content;
  private @Nullable Connection connection;

  Caller(Endpoint endpoint, Content content) {
    this.endpoint = endpoint;
    this.content = content;
  }

  /**
   * Sends a request.
   *
   * @param maxText bytes of the body to be kept as text
   * @throws IOException the connection was lost, or what came is no HTTP
   */
  Answer call(Request request, int maxText) throws IOException {
    var digest = sha256();
    var text = new ByteArrayOutputStream();
    long[] length = {0};
    ResponseHead head;
    try {
      head =
          open()
              .exchange(
                  request,
                  bytes -> {
                    length[0] += bytes.remaining();
                    var kept = new byte[Math.min(bytes.remaining(), maxText - text.size())];
                    bytes.duplicate().get(kept);
                    text.write(kept);
                    digest.update(bytes);
                  });
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (head.closes()) {
      close();
    }
    return new Answer(
        head,
        length[0],
        HexFormat.of().formatHex(digest.digest()),
        text.toString(StandardCharsets.UTF_8));
  }

  private Connection open() throws IOException {
    if (connection == null) {
      connection = Connection.open(endpoint.address(), content);
    }
    return connection;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
