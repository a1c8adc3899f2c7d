package io.coffer.auth;

/**
 * What a signed request says of itself, by header or by query.
 *
 * @param presigned whether by query
 */
record Claim(
    CredentialScope scope,
    RequestTime time,
    SignedHeaders signedHeaders,
    String signature,
    boolean presigned) {

  static Claim of(AuthorizationHeader header, RequestTime time) {
    return new Claim(header.credential(), time, header.signedHeaders(), header.signature(), false);
  }

  static Claim of(PresignedQuery query) {
    return new Claim(
        query.credential(), query.time(), query.signedHeaders(), query.signature(), true);
  }
}
