package io.coffer.auth;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sent a request: Signature V4 by header or presigned URL, or nobody. Pure but for
 * the clock and a cache of derived keys; thread-safe. Source: Amazon S3 API Reference,
 * "Authenticating Requests (AWS Signature Version 4)".
 */
public final class Authenticator {
  static final Duration MAX_SKEW = Duration.ofMinutes(15);

  private final Signatories signatories;
  private final String region;
  private final InstantSource clock;
  private final Claims claims;
  private final QueryAuthenticator queryAuthenticator;

  /**
   * An authenticator of one region.
   *
   * @param region the only one whose signatures are accepted
   * @param hosts names that clients may have signed instead of the Host header that arrives
   */
  public Authenticator(
      Credentials credentials, String region, InstantSource clock, SigningHosts hosts) {
    this.signatories = new Signatories(credentials, clock);
    this.region = region;
    this.clock = clock;
    this.claims = new Claims(signatories, hosts);
    this.queryAuthenticator = new QueryAuthenticator(claims, region, clock);
  }

  /** As the other, for a peer that is no trusted proxy and a bucket that is in the path. */
  public Authentication authenticate(RequestHead head) {
    return authenticate(head, false, null);
  }

  /**
   * Who sent a request, and how its body is to be verified.
   *
   * @param trustedPeer whether the request came through a proxy whose X-Forwarded-Host is believed
   * @param hostedBucket the bucket that the host names; null when it is in the path
   * @throws S3Exception what AWS answers: 403 for who is not let in, 400 for what is malformed, 411
   *     and 501 for bodies that cannot be checked
   */
  public Authentication authenticate(
      RequestHead head, boolean trustedPeer, @Nullable String hostedBucket) {
    var authorization = authorization(head);
    var parameters = PresignedQuery.parameters(head.query());
    boolean presigned = PresignedQuery.isPresent(parameters);
    if (authorization == null) {
      return presigned
          ? presigned(head, trustedPeer, PresignedQuery.parse(parameters))
          : anonymous(head);
    }
    if (presigned) {
      throw onlyOne(authorization);
    }
    return SignatureV2.isMeant(authorization)
        ? signedInTheOldWay(head, hostedBucket, authorization)
        : signed(head, trustedPeer, AuthorizationHeader.parse(authorization));
  }

  /**
   * Who sent a request to a service that is asked by forms. Its signature covers the hash of the
   * body; what is not signed is anonymous, and its body is not asked for.
   *
   * @param service IAM or STS, the one that the request means
   * @param body is read when somebody known may have signed it
   * @throws io.coffer.model.QueryException what AWS answers to whom it does not let in
   * @throws S3Exception likewise, where it is the same as for S3
   * @throws IOException the client went away
   */
  public Caller authenticateQuery(
      RequestHead head, boolean trustedPeer, SigningService service, ContentHash body)
      throws IOException {
    var authorization = authorization(head);
    boolean presigned = PresignedQuery.isPresent(PresignedQuery.parameters(head.query()));
    if (authorization == null && !presigned) {
      return new Caller.Anonymous();
    }
    if (authorization != null && presigned) {
      throw onlyOne(authorization);
    }
    return queryAuthenticator.authenticate(head, trustedPeer, service, authorization, body);
  }

  private static S3Exception onlyOne(String authorization) {
    return S3Error.INVALID_ARGUMENT
        .exception(
            "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature"
                + " query string parameter or the Authorization header should be specified")
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", authorization);
  }

  private Authentication signedInTheOldWay(
      RequestHead head, @Nullable String hostedBucket, String authorization) {
    var time = time(head);
    checkSkew(time);
    var signature = SignatureV2.parse(authorization);
    var credential = signatories.find(signature.accessKeyId(), Claim.token(head.headers()));
    signature.verify(head, hostedBucket, credential);
    var payload = anonymous(head).payload();
    var how =
        new RequestSignature(
            RequestSignature.Version.V2, RequestSignature.Type.HEADER, time.instant());
    return new Authentication(credential.caller(), payload, how);
  }

  private static @Nullable String authorization(RequestHead head) {
    var values = head.headers().all("Authorization");
    if (values.size() > 1) {
      throw AuthorizationHeader.malformed("it comes more than once.");
    }
    return values.isEmpty() || values.getFirst().isBlank() ? null : values.getFirst();
  }

  private static Authentication anonymous(RequestHead head) {
    var announced = head.headers().first(Payload.HEADER);
    var payload =
        announced == null ? new Payload.Unsigned() : PayloadHeader.parse(announced, head, null);
    return new Authentication(new Caller.Anonymous(), payload, null);
  }

  private Authentication signed(RequestHead head, boolean trusted, AuthorizationHeader header) {
    var payloadHash = head.headers().first(Payload.HEADER);
    if (payloadHash == null || payloadHash.isEmpty()) {
      throw S3Error.INVALID_REQUEST.exception(
          "Missing required header for this request: x-amz-content-sha256");
    }
    var time = time(head);
    header.credential().check(region, time, AuthorizationHeader::malformed);
    checkSkew(time);
    return verify(head, trusted, Claim.of(header, time, head.headers()), payloadHash);
  }

  private Authentication presigned(RequestHead head, boolean trusted, PresignedQuery query) {
    query.credential().check(region, query.time(), PresignedQuery::malformed);
    checkValidity(query);
    var announced = query.contentSha256();
    if (announced == null) {
      announced = head.headers().first(Payload.HEADER);
    }
    var payloadHash = announced == null ? Payload.UNSIGNED : announced;
    return verify(head, trusted, Claim.of(query, head.headers()), payloadHash);
  }

  private Authentication verify(
      RequestHead head, boolean trustedPeer, Claim claim, String payloadHash) {
    var credential = claims.signatory(head, claim);
    var key = claims.verify(head, trustedPeer, claim, SigningService.S3, credential, payloadHash);
    var seed =
        new ChunkSignatures.Seed(
            key, claim.time().basic(), claim.scope().text(), claim.signature());
    var how =
        new RequestSignature(
            RequestSignature.Version.V4,
            claim.presigned() ? RequestSignature.Type.QUERY : RequestSignature.Type.HEADER,
            claim.time().instant());
    return new Authentication(
        credential.caller(), PayloadHeader.parse(payloadHash, head, seed), how);
  }

  private static RequestTime time(RequestHead head) {
    var time = RequestTime.ofHeaders(head.headers());
    if (time == null) {
      throw S3Error.ACCESS_DENIED.exception(
          "AWS authentication requires a valid Date or x-amz-date header");
    }
    return time;
  }

  private void checkSkew(RequestTime time) {
    var now = clock.instant();
    if (Duration.between(time.instant(), now).abs().compareTo(MAX_SKEW) > 0) {
      throw S3Error.REQUEST_TIME_TOO_SKEWED
          .exception()
          .with("RequestTime", time.basic())
          .with("ServerTime", now.truncatedTo(ChronoUnit.SECONDS).toString())
          .with("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()));
    }
  }

  private void checkValidity(PresignedQuery query) {
    var now = clock.instant();
    var serverTime = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (query.time().instant().isAfter(now.plus(MAX_SKEW))) {
      throw S3Error.ACCESS_DENIED
          .exception("Request is not valid yet")
          .with("X-Amz-Date", query.time().basic())
          .with("ServerTime", serverTime);
    }
    if (!now.isBefore(query.expiry())) {
      throw S3Error.ACCESS_DENIED
          .exception("Request has expired")
          .with("X-Amz-Expires", Long.toString(query.expiresSeconds()))
          .with("Expires", query.expiry().toString())
          .with("ServerTime", serverTime);
    }
  }

  static S3Exception unsupportedMechanism() {
    return S3Error.INVALID_REQUEST.exception(
        "The authorization mechanism you have provided is not supported. Please use"
            + " AWS4-HMAC-SHA256.");
  }
}
