/** Signature V4, presigned URLs, POST policies: pure functions. */
module io.coffer.auth {
  requires static transitive org.jspecify;
  requires transitive io.coffer.model;
  requires tools.jackson.databind;

  exports io.coffer.auth;
}
