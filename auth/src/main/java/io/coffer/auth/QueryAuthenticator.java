package io.coffer.auth;

import static io.coffer.model.CommonError.INCOMPLETE_SIGNATURE;
import static io.coffer.model.CommonError.SIGNATURE_DOES_NOT_MATCH;

import io.coffer.model.QueryException;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request to IAM or STS. Other than S3's, its signature always covers the hash
 * of the body, whether a header names that or not. Thread-safe. Source: IAM User Guide, "Create a
 * signed AWS API request".
 */
final class QueryAuthenticator {
  private static final String SKEW = Authenticator.MAX_SKEW.toMinutes() + " min.";

  private final Claims claims;
  private final String region;
  private final InstantSource clock;

  QueryAuthenticator(Claims claims, String region, InstantSource clock) {
    this.claims = claims;
    this.region = region;
    this.clock = clock;
  }

  /**
   * The body is asked for when all else is in order.
   *
   * @param authorization the header; null for a presigned request
   * @throws QueryException in AWS's words
   * @throws S3Exception what is the same for S3
   * @throws IOException the client went away
   */
  Caller authenticate(
      RequestHead head,
      boolean trustedPeer,
      SigningService service,
      @Nullable String authorization,
      ContentHash body)
      throws IOException {
    var claim = authorization == null ? presigned(head) : signed(head, authorization);
    checkScope(claim.scope(), service, claim.time());
    var signatory = claims.signatory(head, claim);
    claims.verify(head, trustedPeer, claim, service, signatory, body.sha256());
    return signatory.caller();
  }

  private Claim signed(RequestHead head, String authorization) {
    if (SignatureV2.isMeant(authorization)) {
      throw INCOMPLETE_SIGNATURE.exception(
          "The signature version of the request is not supported; use AWS4-HMAC-SHA256.");
    }
    var header = AuthorizationHeader.parse(authorization);
    var time = RequestTime.ofHeaders(head.headers());
    if (time == null) {
      throw INCOMPLETE_SIGNATURE.exception(
          "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
    }
    var now = clock.instant();
    var earliest = now.minus(Authenticator.MAX_SKEW);
    if (time.instant().isBefore(earliest)) {
      throw expired(time.basic(), basic(earliest) + " (%s - %s)".formatted(basic(now), SKEW));
    }
    checkNotInFuture(time, now);
    return Claim.of(header, time, head.headers());
  }

  private Claim presigned(RequestHead head) {
    var query = PresignedQuery.parse(PresignedQuery.parameters(head.query()));
    var now = clock.instant();
    checkNotInFuture(query.time(), now);
    if (!now.isBefore(query.expiry())) {
      throw expired(basic(query.expiry()), basic(now));
    }
    return Claim.of(query, head.headers());
  }

  private static void checkNotInFuture(RequestTime time, Instant now) {
    var latest = now.plus(Authenticator.MAX_SKEW);
    if (time.instant().isAfter(latest)) {
      throw SIGNATURE_DOES_NOT_MATCH.exception(
          "Signature not yet current: %s is still later than %s (%s + %s)"
              .formatted(time.basic(), basic(latest), basic(now), SKEW));
    }
  }

  private static QueryException expired(String time, String limit) {
    return SIGNATURE_DOES_NOT_MATCH.exception(
        "Signature expired: %s is now earlier than %s".formatted(time, limit));
  }

  private static String basic(Instant instant) {
    return RequestTime.of(instant).basic();
  }

  private void checkScope(CredentialScope scope, SigningService service, RequestTime time) {
    if (!scope.service().equals(service.scopeName())) {
      throw SIGNATURE_DOES_NOT_MATCH.exception(
          "Credential should be scoped to correct service: '" + service.scopeName() + "'.");
    }
    if (!service.isSignedFor(scope.region(), region)) {
      throw SIGNATURE_DOES_NOT_MATCH.exception(
          "Credential should be scoped to a valid region: '" + region + "'.");
    }
    if (!scope.terminator().equals("aws4_request")) {
      throw SIGNATURE_DOES_NOT_MATCH.exception(
          "Credential should be scoped with a valid terminator: 'aws4_request'.");
    }
    if (!scope.date().equals(time.date())) {
      var detail = "'%s' != '%s', from '%s'.".formatted(scope.date(), time.date(), time.basic());
      throw SIGNATURE_DOES_NOT_MATCH.exception(
          "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
              + " HTTP: "
              + detail);
    }
  }
}
