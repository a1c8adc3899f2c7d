package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The chain of signatures of an aws-chunked body: each covers its chunk and the signature before.
 * Not thread-safe. Source: Amazon S3 API Reference, "Transferring Payload in Multiple Chunks" and
 * "Including Trailing Headers".
 */
final class ChunkSignatures {
  private static final String NO_BYTES =
      HexFormat.of().formatHex(SigningKey.sha256().digest(new byte[0]));

  /**
   * What the chain builds on.
   *
   * @param time of the request, as in its string to sign
   * @param scope of the request's credential
   * @param signature of the request
   */
  record Seed(SigningKey key, String time, String scope, String signature) {}

  private final Seed seed;
  private final MessageDigest digest = SigningKey.sha256();
  private String previous;

  ChunkSignatures(Seed seed) {
    this.seed = seed;
    this.previous = seed.signature();
  }

  /** More data of the current chunk; the buffer's position stays. */
  void update(ByteBuffer data) {
    digest.update(data.duplicate());
  }

  /**
   * Ends the current chunk and compares.
   *
   * @throws S3Exception SignatureDoesNotMatch
   */
  void verifyChunk(String provided) {
    var stringToSign = stringToSign("PAYLOAD", NO_BYTES + "\n" + hex(digest.digest()));
    advance(stringToSign, provided);
  }

  /**
   * Compares the signature of the trailing fields, which are written in either of two ways.
   *
   * @param sorted a line {@code name:value\n} for each field, by name
   * @param asSent the same in the order in which they came
   * @throws S3Exception SignatureDoesNotMatch
   */
  void verifyTrailers(String sorted, String asSent, String provided) {
    var stringToSign = trailersToSign(sorted);
    boolean other =
        !asSent.equals(sorted)
            && SigningKey.same(seed.key().sign(trailersToSign(asSent)), provided);
    if (!other) {
      advance(stringToSign, provided);
    }
  }

  private String trailersToSign(String canonical) {
    return stringToSign(
        "TRAILER", hex(digest.digest(canonical.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private void advance(String stringToSign, String provided) {
    var computed = seed.key().sign(stringToSign);
    if (!SigningKey.same(computed, provided)) {
      throw S3Error.SIGNATURE_DOES_NOT_MATCH
          .exception()
          .with("StringToSign", stringToSign)
          .with("SignatureProvided", provided)
          .with("StringToSignBytes", SignatureCheck.bytes(stringToSign));
    }
    previous = computed;
  }

  private String stringToSign(String kind, String hashes) {
    return AuthorizationHeader.ALGORITHM
        + "-"
        + kind
        + "\n"
        + seed.time()
        + "\n"
        + seed.scope()
        + "\n"
        + previous
        + "\n"
        + hashes;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
