package io.coffer.api;

import io.coffer.auth.ContentHash;
import io.coffer.checksums.Algorithm;
import io.coffer.model.Body;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The form of a request to IAM or STS, read when it is asked for. For one request. */
final class QueryBody implements ContentHash {
  private static final int MAX_BYTES = 1 << 20;

  /** The longest proof that comes unsigned is a SAML assertion of 100,000 characters. */
  private static final int MAX_BYTES_UNSIGNED = 256 << 10;

  private final Body raw;
  private byte @Nullable [] bytes;

  QueryBody(Body raw) {
    this.raw = raw;
  }

  /**
   * {@inheritDoc}
   *
   * @throws io.coffer.model.S3Exception MaxMessageLengthExceeded, IncompleteBody
   */
  @Override
  public String sha256() throws IOException {
    var digest = Algorithm.SHA256.newDigest();
    digest.update(ByteBuffer.wrap(read(MAX_BYTES)));
    return HexFormat.of().formatHex(digest.finish());
  }

  /**
   * What came; at most 256 KiB when nobody has asked for the hash before.
   *
   * @throws io.coffer.model.S3Exception MaxMessageLengthExceeded, IncompleteBody
   */
  byte[] bytes() throws IOException {
    return read(MAX_BYTES_UNSIGNED);
  }

  private byte[] read(int limit) throws IOException {
    var known = bytes;
    if (known == null) {
      known = Documents.read(raw, limit);
      bytes = known;
    }
    return known;
  }
}
