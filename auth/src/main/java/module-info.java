/** Signature V4, presigned URLs, POST policies, the policy language: pure functions. */
module io.coffer.auth {
  requires static transitive org.jspecify;
  requires transitive io.coffer.model;
  requires tools.jackson.databind;

  exports io.coffer.auth;
  exports io.coffer.auth.policy;
}
