package io.coffer.auth;

import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a signed request says of itself, by header or by query.
 *
 * @param token of the session in which it was signed; null for none
 * @param presigned whether by query
 */
record Claim(
    CredentialScope scope,
    RequestTime time,
    SignedHeaders signedHeaders,
    String signature,
    @Nullable String token,
    boolean presigned) {
  private static final String TOKEN = "x-amz-security-token";

  /**
   * @throws S3Exception InvalidToken for several
   */
  static Claim of(AuthorizationHeader header, RequestTime time, Headers headers) {
    return new Claim(
        header.credential(),
        time,
        header.signedHeaders(),
        header.signature(),
        token(headers),
        false);
  }

  /**
   * @throws S3Exception InvalidToken for several
   */
  static Claim of(PresignedQuery query, Headers headers) {
    var inHeader = token(headers);
    var inQuery = query.securityToken();
    if (inHeader != null && inQuery != null && !inHeader.equals(inQuery)) {
      throw S3Error.INVALID_TOKEN.exception();
    }
    return new Claim(
        query.credential(),
        query.time(),
        query.signedHeaders(),
        query.signature(),
        inQuery == null ? inHeader : inQuery,
        true);
  }

  /**
   * The token that came in a header; null for none.
   *
   * @throws S3Exception InvalidToken for several
   */
  static @Nullable String token(Headers headers) {
    List<String> tokens = headers.all(TOKEN);
    if (tokens.size() > 1) {
      throw S3Error.INVALID_TOKEN.exception();
    }
    return tokens.isEmpty() ? null : tokens.getFirst();
  }
}
