package io.coffer.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes aws-chunked bodies as clients do. */
final class ChunkedWriter {
  static final String SEED = "0".repeat(64);
  private static final String PREFIX = "AWS4-HMAC-SHA256-";

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean signed;
  private String previous = SEED;

  private ChunkedWriter(boolean signed) {
    this.signed = signed;
  }

  static ChunkedWriter signed() {
    return new ChunkedWriter(true);
  }

  static ChunkedWriter unsigned() {
    return new ChunkedWriter(false);
  }

  /** The body of {@code content} in chunks of a size, with its last chunk's head. */
  ChunkedWriter content(byte[] content, int chunkSize) {
    for (int from = 0; from < content.length; from += chunkSize) {
      chunk(Arrays.copyOfRange(content, from, Math.min(content.length, from + chunkSize)));
    }
    return head(new byte[0]);
  }

  ChunkedWriter chunk(byte[] data) {
    head(data);
    out.writeBytes(data);
    return text("\r\n");
  }

  private ChunkedWriter head(byte[] data) {
    var size = Integer.toHexString(data.length);
    if (!signed) {
      return text(size + "\r\n");
    }
    var hash = TestSigner.sha256(data);
    sign("PAYLOAD", Fixture.EMPTY_SHA256 + "\n" + hash);
    return text(size + ";chunk-signature=" + previous + "\r\n");
  }

  /** The signature line alone, over these fields in their order. */
  ChunkedWriter trailerSignature(Map<String, String> fields) {
    var canonical = new StringBuilder();
    fields.forEach((name, value) -> canonical.append(name + ":" + value + "\n"));
    sign("TRAILER", TestSigner.sha256(TestSigner.utf8(canonical.toString())));
    return text("x-amz-trailer-signature:" + previous + "\r\n");
  }

  private void sign(String kind, String hashes) {
    var message =
        PREFIX + kind + "\n" + TestSigner.TIME + "\n" + TestSigner.SCOPE + "\n" + previous + "\n";
    previous = TestSigner.hmacHex(TestSigner.key(), message + hashes);
  }

  ChunkedWriter text(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}
