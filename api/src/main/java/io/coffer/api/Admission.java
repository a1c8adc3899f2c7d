package io.coffer.api;

import io.coffer.api.limits.Limits;
import io.coffer.auth.Authentication;
import io.coffer.auth.Authenticator;
import io.coffer.auth.Caller;
import io.coffer.auth.PostAuthorization;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.SigningService;
import io.coffer.model.QueryException;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: whose they are, and whether that one may ask for more now. Who has often been
 * wrong is not even looked at for a while. Thread-safe.
 */
final class Admission {
  /** Refused because of who did not sign it. AccessDenied is no such: that one was let in. */
  private static final Set<String> FAILED_LOGINS =
      Set.of("SignatureDoesNotMatch", "InvalidAccessKeyId", "InvalidToken", "InvalidClientTokenId");

  /** The parameters of a query that have a signature, of versions 4 and 2. */
  private static final Set<String> SIGNATURES = Set.of("X-Amz-Signature", "Signature");

  private final Authenticator authenticator;
  private final PostPolicy postPolicy;
  private final Limits limits;

  Admission(Authenticator authenticator, PostPolicy postPolicy, Limits limits) {
    this.authenticator = authenticator;
    this.postPolicy = postPolicy;
    this.limits = limits;
  }

  private interface Attempt<T> {
    T run() throws IOException;
  }

  /**
   * Who sent a request to S3.
   *
   * @param trustedPeer see {@link Authenticator#authenticate}
   * @param hostedBucket likewise
   * @throws S3Exception as there; SlowDown
   */
  Authentication authenticate(Call call, boolean trustedPeer, @Nullable String hostedBucket)
      throws IOException {
    return attempt(
        call,
        isSigned(call.head()),
        () -> authenticator.authenticate(call.head(), trustedPeer, hostedBucket),
        Authentication::caller);
  }

  /**
   * Who sent a request to IAM or STS.
   *
   * @throws QueryException see {@link Authenticator#authenticateQuery}
   * @throws S3Exception likewise; SlowDown
   * @throws IOException the client went away
   */
  Caller authenticateQuery(Call call, boolean trustedPeer, SigningService service, QueryBody body)
      throws IOException {
    return attempt(
        call,
        isSigned(call.head()),
        () -> authenticator.authenticateQuery(call.head(), trustedPeer, service, body),
        caller -> caller);
  }

  /**
   * Who sent a form.
   *
   * @throws S3Exception see {@link PostPolicy#authorize}; SlowDown
   */
  PostAuthorization authorize(Call call, String bucket, Map<String, String> fields)
      throws IOException {
    return attempt(
        call,
        fields.containsKey("policy"),
        () -> postPolicy.authorize(bucket, fields),
        PostAuthorization::caller);
  }

  private <T> T attempt(Call call, boolean signed, Attempt<T> attempt, Function<T, Caller> who)
      throws IOException {
    var source = call.origin().source();
    if (signed) {
      limits.checkSource(source);
    }
    T result;
    try {
      result = attempt.run();
    } catch (S3Exception e) {
      failed(call, e.error().code());
      throw e;
    } catch (QueryException e) {
      failed(call, e.error().code());
      throw e;
    }
    letIn(call, who.apply(result));
    return result;
  }

  private void failed(Call call, String code) {
    call.isDecided(Decision.UNAUTHENTICATED);
    if (FAILED_LOGINS.contains(code)) {
      limits.loginFailed(call.origin().source());
    }
  }

  private void letIn(Call call, Caller caller) {
    call.isFrom(caller);
    if (caller instanceof Caller.Known known) {
      limits.loginSucceeded(call.origin().source());
      call.meterBy(call.slot().enter(known.account().id(), known.accessKeyId()));
    }
    call.isDecided(Decision.ALLOWED);
  }

  /** Whether it has a signature, of whatever kind, that somebody would have to look at. */
  private static boolean isSigned(RequestHead head) {
    if (head.headers().contains("Authorization")) {
      return true;
    }
    if (head.query().isEmpty()) {
      return false;
    }
    var query = QueryString.parse(head.query());
    return SIGNATURES.stream().anyMatch(query::contains);
  }
}
