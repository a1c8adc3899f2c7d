package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** The credentials of AWS's documented examples, and what most tests need. */
final class Fixture {
  static final String KEY_ID = "AKIAIOSFODNN7EXAMPLE";
  static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  static final String REGION = "us-east-1";
  static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  static final Account ACCOUNT =
      new Account("123456789012", "example", "Example", "", "a".repeat(64));

  private static final Credential CREDENTIAL = new Credential(KEY_ID, SECRET, ACCOUNT);

  private Fixture() {}

  static @Nullable Credential find(String accessKeyId) {
    return accessKeyId.equals(KEY_ID) ? CREDENTIAL : null;
  }

  static Authenticator authenticator() {
    return authenticator(NOW, SigningHosts.none());
  }

  static Authenticator authenticator(Instant now, SigningHosts hosts) {
    return new Authenticator(Fixture::find, REGION, () -> now, hosts);
  }

  /** A head from its lines, as the documentation shows them. */
  static RequestHead head(String requestLine, String... headerLines) {
    var words = requestLine.split(" ");
    int mark = words[1].indexOf('?');
    var path = mark < 0 ? words[1] : words[1].substring(0, mark);
    var query = mark < 0 ? "" : words[1].substring(mark + 1);
    var headers = Headers.builder();
    for (var line : headerLines) {
      int colon = line.indexOf(':');
      headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return new RequestHead(words[0], path, query, headers.build());
  }

  /** The head with one header replaced; null takes it away. */
  static RequestHead with(RequestHead head, String name, @Nullable String value) {
    var headers = Headers.builder();
    for (var field : head.headers().fields()) {
      if (!field.name().equalsIgnoreCase(name)) {
        headers.add(field.name(), field.value());
      }
    }
    if (value != null) {
      headers.add(name, value);
    }
    return new RequestHead(head.method(), head.path(), head.query(), headers.build());
  }

  static void assertRoot(Authentication authentication) {
    assertEquals(new Caller.Root(ACCOUNT, KEY_ID), authentication.caller());
  }

  static S3Exception assertFails(S3Error error, Executable call) {
    var thrown = assertThrows(S3Exception.class, call);
    assertEquals(error, thrown.error(), thrown::getMessage);
    return thrown;
  }

  static byte[] read(Body body) throws IOException {
    var out = new ByteArrayOutputStream();
    for (var bytes = body.next(); bytes != null; bytes = body.next()) {
      assertEquals(true, bytes.hasRemaining());
      var copy = new byte[bytes.remaining()];
      bytes.get(copy);
      out.writeBytes(copy);
    }
    return out.toByteArray();
  }

  /** A raw body that comes in these pieces; each buffer is overwritten when the next is asked. */
  static Body pieces(List<byte[]> pieces) {
    return new Pieces(pieces);
  }

  /** The bytes cut before each of these positions. */
  static Body cut(byte[] bytes, int... positions) {
    var pieces = new ArrayList<byte[]>();
    int from = 0;
    for (int position : positions) {
      if (position > from && position < bytes.length) {
        pieces.add(Arrays.copyOfRange(bytes, from, position));
        from = position;
      }
    }
    pieces.add(Arrays.copyOfRange(bytes, from, bytes.length));
    return pieces(pieces);
  }

  private static final class Pieces implements Body {
    private final List<byte[]> pieces;
    private int index;
    private byte[] last = new byte[0];

    Pieces(List<byte[]> pieces) {
      this.pieces = pieces.stream().filter(p -> p.length > 0).map(byte[]::clone).toList();
    }

    @Override
    public long length() {
      return pieces.stream().mapToLong(p -> p.length).sum();
    }

    @Override
    public @Nullable ByteBuffer next() {
      Arrays.fill(last, (byte) 0xEE);
      if (index == pieces.size()) {
        return null;
      }
      last = pieces.get(index++);
      return ByteBuffer.wrap(last).asReadOnlyBuffer();
    }

    @Override
    public void close() {}
  }
}
