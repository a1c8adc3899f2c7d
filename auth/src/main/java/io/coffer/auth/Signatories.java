package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whose signature a request must bear: of a permanent access key, or of a session, whose token
 * comes with the request. Thread-safe. Source: IAM User Guide, "Use temporary credentials with AWS
 * resources".
 */
final class Signatories {
  private final Credentials credentials;
  private final InstantSource clock;

  Signatories(Credentials credentials, InstantSource clock) {
    this.credentials = credentials;
    this.clock = clock;
  }

  /**
   * @param token as it came; null or empty for none
   * @throws S3Exception InvalidAccessKeyId without a token; InvalidToken for one that does not
   *     belong to the key, such as any beside a permanent key; ExpiredToken
   */
  Credential find(String accessKeyId, @Nullable String token) {
    if (token == null || token.isEmpty()) {
      var credential = credentials.find(accessKeyId);
      if (credential == null) {
        throw S3Error.INVALID_ACCESS_KEY_ID.exception().with("AWSAccessKeyId", accessKeyId);
      }
      return credential;
    }
    var credential = credentials.ofSession(accessKeyId, token);
    if (credential == null || !(credential.caller() instanceof Caller.InSession in)) {
      throw S3Error.INVALID_TOKEN.exception().with("Token-0", token);
    }
    if (!clock.instant().isBefore(in.session().expires())) {
      throw S3Error.EXPIRED_TOKEN.exception().with("Token-0", token);
    }
    return credential;
  }
}
