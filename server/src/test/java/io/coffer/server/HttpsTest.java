package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.transport.CertificateFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The server over HTTPS, with the certificate that it makes and with given ones. */
@Timeout(60)
class HttpsTest {
  private static final ServerOptions SELF_SIGNED =
      ServerOptions.inMemory().withEdge(EdgeOptions.PLAIN.withTls(TlsOptions.SELF_SIGNED));

  @TempDir Path dir;

  static X509Certificate certificate(Path pem) throws IOException {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var input = new ByteArrayInputStream(Files.readAllBytes(pem));
      return (X509Certificate) factory.generateCertificate(input);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static SSLContext trusting(Path pem) throws IOException {
    try {
      var trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      trust.setCertificateEntry("ca", certificate(pem));
      var trusting = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusting.init(trust);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trusting.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static Path authority(CofferServer server) {
    var authority = server.developmentAuthority();
    assertTrue(authority != null);
    return authority;
  }

  @Test
  void aServerInMemoryMakesACertificateAndLeavesNothingBehind() throws IOException {
    Path authority;
    try (var server = CofferServer.start(SELF_SIGNED)) {
      authority = authority(server);
      var client = Client.of(server, trusting(authority));
      assertEquals(200, client.send("PUT", "/one", "").status());
      assertEquals(200, client.send("PUT", "/one/key", "content").status());
      assertEquals("content", client.send("GET", "/one/key", "").body());
      assertEquals(400, Client.of(server).send("GET", "/one/key", "").status());
    }
    assertFalse(Files.exists(authority.resolve("../..")));
  }

  @Test
  void theCertificateIsKeptInTheDirectoryForItsOwnerAlone() throws IOException {
    var options = SELF_SIGNED.withDirectory(dir.resolve("data"));
    byte[] before;
    try (var server = CofferServer.start(options)) {
      before = Files.readAllBytes(authority(server));
      try (var files = Files.list(authority(server).getParent())) {
        for (var file : files.toList()) {
          var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          assertEquals("rw-------", permissions, file.toString());
        }
      }
    }
    try (var server = CofferServer.start(options)) {
      assertEquals(-1, java.util.Arrays.mismatch(before, Files.readAllBytes(authority(server))));
      var client = Client.of(server, trusting(authority(server)));
      assertEquals(200, client.send("PUT", "/one", "").status());
    }
  }

  @Test
  void theCertificateIsForAllNamesOfTheServer() throws Exception {
    var made = DevelopmentCertificate.in(dir.resolve("tls"), List.of("s3.example.com"), now());
    var names = certificate(made.files().chain()).getSubjectAlternativeNames().toString();
    for (var name : List.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "*.s3.example.com")) {
      assertTrue(names.contains(", " + name + "]"), names);
    }
    certificate(made.files().chain()).verify(certificate(made.authorityFile()).getPublicKey());
  }

  private static Instant now() {
    return Instant.now();
  }

  @Test
  void itIsMadeAgainWhenAMonthIsLeftAndTheAuthorityStays() throws IOException {
    var directory = dir.resolve("tls");
    var made = DevelopmentCertificate.in(directory, List.of(), now());
    var first = certificate(made.files().chain());
    var authority = certificate(made.authorityFile());
    DevelopmentCertificate.in(directory, List.of(), now().plus(Duration.ofDays(334)));
    assertEquals(first, certificate(made.files().chain()));
    DevelopmentCertificate.in(directory, List.of(), now().plus(Duration.ofDays(336)));
    var second = certificate(made.files().chain());
    assertNotEquals(first, second);
    assertEquals(authority, certificate(made.authorityFile()));
    DevelopmentCertificate.in(directory, List.of("a.example"), now());
    assertNotEquals(second, certificate(made.files().chain()));
    assertEquals(authority, certificate(made.authorityFile()));
    DevelopmentCertificate.in(directory, List.of(), now().plus(Duration.ofDays(3_500)));
    assertNotEquals(authority, certificate(made.authorityFile()));
  }

  @Test
  void damagedFilesAreMadeAgain() throws IOException {
    var directory = dir.resolve("tls");
    var made = DevelopmentCertificate.in(directory, List.of(), now());
    for (var file : List.of("server.pem", "server-key.pem", "ca-key.pem")) {
      Files.writeString(directory.resolve(file), "nothing");
      DevelopmentCertificate.in(directory, List.of(), now());
      io.coffer.api.transport.ServerIdentity.read(made.files());
    }
  }

  @Test
  void theGreetingSaysHowToTrustIt() throws IOException {
    try (var server = CofferServer.start(SELF_SIGNED)) {
      var greeting = Greeting.of(server, SELF_SIGNED);
      assertTrue(greeting.contains("AWS_CA_BUNDLE=" + authority(server)), greeting);
      assertTrue(greeting.contains("https://127.0.0.1:"), greeting);
      assertFalse(greeting.contains("http://"), greeting);
    }
  }

  @Test
  void aCertificateThatIsGivenIsServed() throws IOException {
    var made = DevelopmentCertificate.in(dir.resolve("tls"), List.of(), now());
    var options = withCertificate(made.files());
    try (var server = CofferServer.start(options)) {
      var client = Client.of(server, trusting(made.authorityFile()));
      assertEquals(200, client.send("PUT", "/one", "").status());
    }
  }

  private static ServerOptions withCertificate(CertificateFiles files) {
    var flags =
        Map.of(
            Setting.ADDRESS, "127.0.0.1:0",
            Setting.TLS_CERT, files.chain().toString(),
            Setting.TLS_KEY, files.key().toString());
    return OptionsReader.read(null, SettingValues.of(flags, Map.of(), null));
  }

  @Test
  void aCertificateThatIsNotThereIsSaidInOneSentence() {
    var missing = dir.resolve("missing.pem");
    var options = withCertificate(new CertificateFiles(missing, missing));
    var failure = assertThrows(UsageException.class, () -> CofferServer.start(options));
    assertEquals("There is no file " + missing + ".", failure.getMessage());
  }

  @Test
  void settingsThatDoNotFitTogetherAreRefused() {
    for (var flags :
        List.of(
            Map.of(Setting.TLS_CERT, "a.pem"),
            Map.of(Setting.TLS_CERT, "a.pem,b.pem", Setting.TLS_KEY, "a.key"),
            Map.of(Setting.TLS_CLIENT_CA, "a.pem"),
            Map.of(Setting.TLS_CERT, "a", Setting.TLS_KEY, "b", Setting.TLS_SELF_SIGNED, "on"))) {
      var values = SettingValues.of(flags, Map.of(), null);
      assertThrows(UsageException.class, () -> OptionsReader.read(null, values), flags::toString);
    }
  }
}
