package io.coffer.auth;

import static io.coffer.auth.Fixture.EMPTY_SHA256;
import static io.coffer.auth.Fixture.KEY_ID;
import static io.coffer.auth.Fixture.NOW;
import static io.coffer.auth.Fixture.SECRET;
import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.assertRoot;
import static io.coffer.auth.Fixture.authenticator;
import static io.coffer.auth.Fixture.head;
import static io.coffer.auth.Fixture.with;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What proxies change on the way and what must still verify. */
class SigningHostsTest {
  private static final SigningHosts HOSTS =
      new SigningHosts(List.of("s3.example.com", "files.example.com:8443"));

  private static RequestHead signedFor(String host, String... headers) {
    var lines = new String[headers.length + 1];
    lines[0] = "Host: " + host;
    System.arraycopy(headers, 0, lines, 1, headers.length);
    return new Signer(KEY_ID, SECRET, "us-east-1").sign(head("GET /b/k", lines), EMPTY_SHA256, NOW);
  }

  private static RequestHead proxied(String host) {
    return with(signedFor(host), "Host", "127.0.0.1:9000");
  }

  @Test
  void configuredHostsVerifyBehindAProxyThatRewritesHost() {
    var hosts = authenticator(NOW, HOSTS);

    assertRoot(hosts.authenticate(signedFor("127.0.0.1:9000")));
    assertRoot(hosts.authenticate(proxied("s3.example.com")));
    assertRoot(hosts.authenticate(proxied("files.example.com:8443")));
    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH, () -> hosts.authenticate(proxied("files.example.com")));
    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH,
        () -> authenticator().authenticate(proxied("s3.example.com")));
  }

  @Test
  void theForwardedHostCountsOnlyFromATrustedPeer() {
    var head = with(proxied("other.example.com"), "X-Forwarded-Host", "other.example.com, inner");

    assertRoot(authenticator().authenticate(head, true, null));
    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(head, false, null));
    assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(head));
  }

  @Test
  void theForwardedPortBelongsToIt() {
    var head = with(proxied("other.example.com:8443"), "X-Forwarded-Host", "other.example.com");

    assertRoot(authenticator().authenticate(with(head, "X-Forwarded-Port", "8443"), true, null));
    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(head, true, null));
  }

  @Test
  void anAcceptEncodingThatAProxyRewroteStillVerifies() {
    for (var sent : List.of("identity", "gzip", "")) {
      for (var received : new String[] {"identity", "gzip", "gzip, br", "", null}) {
        var head = with(signedFor("h", "Accept-Encoding: " + sent), "Accept-Encoding", received);
        assertRoot(authenticator().authenticate(head));
      }
    }
    var other = with(signedFor("h", "Accept-Encoding: br"), "Accept-Encoding", "gzip");
    assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(other));
  }

  @Test
  void anAcceptEncodingAndAHostRewrittenTogetherStillVerify() {
    var head = signedFor("files.example.com:8443", "Accept-Encoding: identity");
    var received = with(with(head, "Host", "10.0.0.1"), "Accept-Encoding", "gzip");

    assertRoot(authenticator(NOW, HOSTS).authenticate(received));
  }

  @Test
  void everythingElseThatChangedIsRefusedAllTheSame() {
    var head = with(signedFor("h", "Accept-Encoding: gzip", "Range: bytes=0-9"), "Range", "x");

    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH,
        () -> authenticator(NOW, HOSTS).authenticate(head, true, null));
  }

  @Test
  void theNumberOfHostsIsBounded() {
    assertThrows(
        IllegalArgumentException.class, () -> new SigningHosts(Collections.nCopies(17, "h")));
  }
}
