package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

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
   * Compares the signature of the trailing fields.
   *
   * @param spellings the ways in which clients write them, the usual one first: a line {@code
   *     name:value\n} for each field
   * @throws S3Exception SignatureDoesNotMatch
   */
  void verifyTrailers(List<String> spellings, String provided) {
    for (var spelling : spellings) {
      if (SigningKey.same(seed.key().sign(trailersToSign(spelling)), provided)) {
        return;
      }
    }
    throw mismatch(trailersToSign(spellings.getFirst()), provided);
  }

  private String trailersToSign(String canonical) {
    return stringToSign(
        "TRAILER", hex(digest.digest(canonical.getBytes(StandardCharsets.ISO_8859_1))));
  }

  private void advance(String stringToSign, String provided) {
    var computed = seed.key().sign(stringToSign);
    if (!SigningKey.same(computed, provided)) {
      throw mismatch(stringToSign, provided);
    }
    previous = computed;
  }

  private static S3Exception mismatch(String stringToSign, String provided) {
    return S3Error.SIGNATURE_DOES_NOT_MATCH
        .exception()
        .with("StringToSign", stringToSign)
        .with("SignatureProvided", provided)
        .with("StringToSignBytes", SignatureCheck.bytes(stringToSign));
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
