package io.coffer.auth;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Signs requests as a client does (Signature V4), for tests and load generators. Immutable, so any
 * number of threads may share one.
 */
public final class Signer {
  /** The payload hash of requests that sign nothing of their body. */
  public static final String UNSIGNED_PAYLOAD = Payload.UNSIGNED;

  /** Headers that proxies and HTTP clients change or add on their own. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "authorization",
          "connection",
          "content-length",
          "expect",
          "te",
          "transfer-encoding",
          "upgrade",
          "user-agent",
          "x-amzn-trace-id");

  private final String accessKeyId;
  private final String secretAccessKey;
  private final String region;
  private final SigningService service;

  // One pair is enough: a client signs with the key of the day.
  private record Derived(String date, SigningKey key) {}

  private volatile Derived derived;

  /** Signs requests to S3. */
  public Signer(String accessKeyId, String secretAccessKey, String region) {
    this(accessKeyId, secretAccessKey, region, SigningService.S3);
  }

  public Signer(String accessKeyId, String secretAccessKey, String region, SigningService service) {
    this.accessKeyId = accessKeyId;
    this.secretAccessKey = secretAccessKey;
    this.region = region;
    this.service = service;
    this.derived = new Derived("", SigningKey.derive(secretAccessKey, "", region, service));
  }

  /**
   * The same request with x-amz-date, x-amz-content-sha256 and Authorization.
   *
   * @param head with a Host header; path and query already percent-encoded
   * @param payloadHash lower-case hex of the body's SHA-256, or one of AWS's names for others
   */
  public RequestHead sign(RequestHead head, String payloadHash, Instant time) {
    var at = RequestTime.of(time);
    var headers = Headers.builder();
    for (var field : head.headers().fields()) {
      headers.add(field.name(), field.value());
    }
    headers.add("x-amz-date", at.basic()).add(Payload.HEADER, payloadHash);
    var complete = new RequestHead(head.method(), head.path(), head.query(), headers.build());
    var signed = signedHeaders(complete.headers());
    var scope = scope(at);
    var request = new CanonicalRequest(complete, signed, payloadHash, false);
    var signature = new SignatureCheck(request, scope, at, key(at)).compute();
    headers.add(
        "Authorization",
        AuthorizationHeader.ALGORITHM
            + " Credential="
            + accessKeyId
            + "/"
            + scope.text()
            + ", SignedHeaders="
            + signed.text()
            + ", Signature="
            + signature);
    return new RequestHead(head.method(), head.path(), head.query(), headers.build());
  }

  /**
   * The same request with the signature in its query: a presigned URL.
   *
   * @param head with a Host header; each header that it has must come with the request
   * @param validity 1 second to 7 days
   */
  public RequestHead presign(RequestHead head, Duration validity, Instant time) {
    var at = RequestTime.of(time);
    var scope = scope(at);
    var signed = signedHeaders(head.headers());
    var query = new StringBuilder(head.query());
    query.append(query.isEmpty() ? "" : "&").append("X-Amz-Algorithm=");
    query.append(AuthorizationHeader.ALGORITHM);
    append(query, PresignedQuery.CREDENTIAL, accessKeyId + "/" + scope.text());
    append(query, "X-Amz-Date", at.basic());
    append(query, "X-Amz-Expires", Long.toString(validity.toSeconds()));
    append(query, "X-Amz-SignedHeaders", signed.text());
    var unsigned = new RequestHead(head.method(), head.path(), query.toString(), head.headers());
    var announced = head.headers().first(Payload.HEADER);
    var request =
        new CanonicalRequest(
            unsigned, signed, announced == null ? UNSIGNED_PAYLOAD : announced, true);
    append(
        query, PresignedQuery.SIGNATURE, new SignatureCheck(request, scope, at, key(at)).compute());
    return new RequestHead(head.method(), head.path(), query.toString(), head.headers());
  }

  private static void append(StringBuilder query, String name, String value) {
    query.append('&').append(name).append('=').append(UriEncoding.encode(value, false));
  }

  private CredentialScope scope(RequestTime time) {
    return new CredentialScope(
        accessKeyId, time.date(), region, service.scopeName(), "aws4_request");
  }

  private SigningKey key(RequestTime time) {
    var known = derived;
    if (!known.date.equals(time.date())) {
      known =
          new Derived(
              time.date(), SigningKey.derive(secretAccessKey, time.date(), region, service));
      derived = known;
    }
    return known.key;
  }

  private static SignedHeaders signedHeaders(Headers headers) {
    var names = new TreeSet<String>();
    for (var field : headers.fields()) {
      var name = field.name().toLowerCase(Locale.ROOT);
      if (!LEFT_OUT.contains(name)) {
        names.add(name);
      }
    }
    return new SignedHeaders(List.copyOf(names));
  }
}
