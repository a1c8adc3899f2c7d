/** The rules of S3, one class per operation, above any storage. */
module io.coffer.service {
  requires static transitive org.jspecify;
  requires transitive io.coffer.model;
  requires transitive io.coffer.auth;
  requires transitive io.coffer.storage;
  requires transitive io.coffer.checksums;
  requires com.nimbusds.jose.jwt;
  requires java.net.http;

  exports io.coffer.service;
  exports io.coffer.service.acl;
  exports io.coffer.service.explain;
  exports io.coffer.service.identity;
  exports io.coffer.service.oidc;
}
