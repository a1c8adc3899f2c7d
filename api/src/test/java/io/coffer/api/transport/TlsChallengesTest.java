package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a certificate authority sees while it validates (RFC 8737), and what others see. */
@Timeout(60)
class TlsChallengesTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String[] VALIDATION = {"acme-tls/1"};
  private static final String[] BOTH = {"acme-tls/1", "http/1.1"};
  private static final String[] NONE = {};

  @TempDir Path directory;
  private final TestCertificate authority = TestCertificate.authority();
  private final TestCertificate proof = authority.signs("proof.example");
  private final TlsChallenges challenges = new TlsChallenges();
  private Given given;

  @BeforeEach
  void start() throws IOException {
    var files = authority.signs("server.example").in(directory, "server");
    var tls = TlsSettings.of(List.of(files), null).withChallenges(challenges);
    var settings = Given.settings(Duration.ofSeconds(20)).withTls(tls);
    given = Given.server(SslProvider.JDK, settings, Given::describe);
  }

  @AfterEach
  void stop() throws Exception {
    given.close();
  }

  private void show() throws CertificateException {
    challenges.show(
        "Proof.example",
        new ServerIdentity(List.of(proof.certificate()), proof.keys().getPrivate(), Set.of()));
  }

  private RawClient client(String name, String... protocols) throws IOException {
    var sockets = authority.trusted(null).getSocketFactory();
    var client = new RawClient(given.server.address(), sockets);
    var socket = (SSLSocket) client.socket();
    var parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    return client;
  }

  /** The subject of the certificate and the protocol that was agreed on. */
  private String seen(String name, String... protocols) throws IOException {
    try (var client = client(name, protocols)) {
      var socket = (SSLSocket) client.socket();
      socket.startHandshake();
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName()
          + " "
          + socket.getApplicationProtocol();
    }
  }

  @Test
  void theProofIsForItsNameAndProtocolAloneAndWhileItIsShown() throws Exception {
    assertEquals("CN=server.example ", seen("proof.example", VALIDATION));
    show();
    assertEquals("CN=proof.example acme-tls/1", seen("proof.example", VALIDATION));
    assertEquals("CN=proof.example acme-tls/1", seen("PROOF.example", VALIDATION));
    assertEquals("CN=server.example ", seen("other.example", VALIDATION));
    assertEquals("CN=server.example http/1.1", seen("proof.example", BOTH));
    assertEquals("CN=server.example http/1.1", seen("proof.example", "http/1.1"));
    assertEquals("CN=server.example ", seen("proof.example", NONE));
    challenges.hide("proof.EXAMPLE");
    assertEquals("CN=server.example ", seen("proof.example", VALIDATION));
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void nothingIsServedAfterTheHandshakeOfAProof(String version) throws Exception {
    show();
    try (var client = client("proof.example", VALIDATION)) {
      var socket = (SSLSocket) client.socket();
      socket.setEnabledProtocols(new String[] {version});
      socket.startHandshake();
      assertEquals(version, socket.getSession().getProtocol());
      assertTrue(client.seesTheEnd());
    }
    try (var client = client("server.example", NONE)) {
      assertEquals(200, client.send(GET).answer().status());
    }
    Given.await(() -> given.server.connections() == 0);
  }

  @Test
  void aProofThatCannotBeUsedIsRefused() {
    assertThrows(
        CertificateException.class,
        () ->
            challenges.show(
                "a.example", new ServerIdentity(List.of(), proof.keys().getPrivate(), Set.of())));
    assertFalse(challenges.any());
  }
}
