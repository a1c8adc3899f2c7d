package io.coffer.auth;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A body that is hashed while it flows and refused at its end when the hash is another. */
final class Sha256Body implements Body {
  private final Body raw;
  private final String expected;
  private final MessageDigest digest = SigningKey.sha256();
  private long received;
  private boolean verified;

  Sha256Body(Body raw, String expected) {
    this.raw = raw;
    this.expected = expected.toLowerCase(Locale.ROOT);
  }

  @Override
  public long length() {
    return raw.length();
  }

  /** Verifies before the last bytes are given when their number is known, else after them. */
  @Override
  public @Nullable ByteBuffer next() throws IOException {
    var bytes = raw.next();
    if (bytes != null) {
      received += bytes.remaining();
      digest.update(bytes.duplicate());
    }
    if (!verified && (bytes == null || received == raw.length())) {
      verify();
      verified = true;
    }
    return bytes;
  }

  private void verify() {
    var computed = HexFormat.of().formatHex(digest.digest());
    if (!computed.equals(expected)) {
      throw S3Error.CONTENT_SHA256_MISMATCH
          .exception()
          .with("ClientComputedContentSHA256", expected)
          .with("S3ComputedContentSHA256", computed);
    }
  }

  @Override
  public List<String> announcedTrailers() {
    return raw.announcedTrailers();
  }

  @Override
  public Map<String, String> trailers() {
    return raw.trailers();
  }

  @Override
  public void close() {
    raw.close();
  }
}
