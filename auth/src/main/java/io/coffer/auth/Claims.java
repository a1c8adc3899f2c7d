package io.coffer.auth;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;

/**
 * Verifies what signed requests say of themselves, for all services. Thread-safe.
 *
 * <p>In two steps, since the hash of a body may be had only by reading it: that is done for known
 * keys alone.
 */
final class Claims {
  private final Signatories signatories;
  private final SigningHosts hosts;
  private final SigningKeys keys = new SigningKeys();

  Claims(Signatories signatories, SigningHosts hosts) {
    this.signatories = signatories;
    this.hosts = hosts;
  }

  /**
   * Whose signature it should be.
   *
   * @throws S3Exception AccessDenied for headers that must be signed and are not,
   *     InvalidAccessKeyId, InvalidToken, ExpiredToken
   */
  Credential signatory(RequestHead head, Claim claim) {
    claim.signedHeaders().requireFor(head.headers());
    return signatories.find(claim.scope().accessKeyId(), claim.token());
  }

  /**
   * Compares the signature with what that signatory's would be.
   *
   * @param payloadHash as it was signed, hex or a name such as UNSIGNED-PAYLOAD
   * @return the key, for what else it signs
   * @throws S3Exception SignatureDoesNotMatch
   */
  SigningKey verify(
      RequestHead head,
      boolean trustedPeer,
      Claim claim,
      SigningService service,
      Credential signatory,
      String payloadHash) {
    var scope = claim.scope();
    var key = keys.get(signatory, scope.date(), scope.region(), service);
    var request = new CanonicalRequest(head, claim.signedHeaders(), payloadHash, claim.presigned());
    new SignatureCheck(request, scope, claim.time(), key)
        .verify(claim.signature(), hosts.candidates(head.headers(), trustedPeer));
    return key;
  }
}
