package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Headers;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that are encrypted, and those that should be. */
@Timeout(60)
class TlsTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private static final int ALERT = 21;
  private static final int PROTOCOL_VERSION = 70;
  private static final int HANDSHAKE_FAILURE = 40;

  @TempDir Path directory;
  private final TestCertificate authority = TestCertificate.authority();
  private @Nullable CertificateFiles files;

  @BeforeEach
  void makeFiles() throws IOException {
    files = authority.signs("localhost", "127.0.0.1").in(directory, "server");
  }

  static List<SslProvider> providers() {
    return OpenSsl.isAvailable()
        ? List.of(SslProvider.JDK, SslProvider.OPENSSL)
        : List.of(SslProvider.JDK);
  }

  private TransportSettings settings(Duration patience) {
    return settings(patience, null, List.of(files));
  }

  private static TransportSettings settings(
      Duration patience, @Nullable Path authorities, List<CertificateFiles> certificates) {
    var tls = new TlsSettings(certificates, authorities, patience, Duration.ofMillis(20));
    return Given.settings(Duration.ofSeconds(20)).withTls(tls);
  }

  private Given server(ExchangeHandler handler) throws IOException {
    return Given.server(settings(Duration.ofSeconds(20)), handler);
  }

  private RawClient client(Given given) throws IOException {
    return new RawClient(given.server.address(), authority.trusted(null).getSocketFactory());
  }

  private static void version(Exchange exchange) throws IOException {
    Given.respond(exchange, 200, exchange.secure() + " " + exchange.tlsVersion());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void bothVersionsServeAndAreKnownToTheHandler(SslProvider provider) throws Exception {
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), TlsTest::version)) {
      for (var version : List.of("TLSv1.2", "TLSv1.3")) {
        try (var client = client(given)) {
          ((SSLSocket) client.socket()).setEnabledProtocols(new String[] {version});
          for (int i = 0; i < 3; i++) {
            assertEquals("true " + version, client.send(GET).answer().text());
          }
        }
      }
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void largeBodiesGoBothWays(SslProvider provider) throws Exception {
    long length = 20_000_003;
    ExchangeHandler handler =
        exchange -> {
          long position = 0;
          for (var view = exchange.body().next(); view != null; view = exchange.body().next()) {
            assertEquals(Given.Pattern.at(position), view.get(view.position()));
            position += view.remaining();
          }
          exchange.respond(200, Headers.empty(), new Given.Pattern(position, true));
        };
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), handler);
        var client = client(given)) {
      var body = new byte[(int) length];
      for (int i = 0; i < body.length; i++) {
        body[i] = Given.Pattern.at(i);
      }
      client.send("PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n").send(body);
      org.junit.jupiter.api.Assertions.assertArrayEquals(body, client.answer().body());
      assertTrue(given.usedBytes() <= 640 * 1024, () -> given.usedBytes() + " bytes");
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anAnswerThatEndsWithTheConnectionEndsWithTls(SslProvider provider) throws Exception {
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), Given::describe);
        var client = client(given)) {
      client.send("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertEquals("GET /a  0", client.answer().text());
      assertTrue(client.seesTheEnd()); // an end without close_notify would be thrown
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anAnswerThatBreaksOffIsNotPassedOffAsWhole(SslProvider provider) throws Exception {
    ExchangeHandler handler =
        exchange -> exchange.respond(200, Headers.empty(), new Broken(300_000));
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), handler);
        var client = client(given)) {
      client.send("GET /a HTTP/1.0\r\nHost: x\r\n\r\n");
      assertThrows(IOException.class, client::rest);
    }
  }

  /** Fails after some bytes. */
  private static final class Broken implements io.coffer.model.Body {
    private final Given.Pattern bytes;

    Broken(long length) {
      bytes = new Given.Pattern(length, false);
    }

    @Override
    public long length() {
      return -1;
    }

    @Override
    public java.nio.ByteBuffer next() {
      var view = bytes.next();
      if (view == null) {
        throw new IllegalStateException("broken");
      }
      return view;
    }

    @Override
    public void close() {}
  }

  @Test
  void plainHttpIsToldSo() throws Exception {
    try (var given = server(Given::describe);
        var client = given.client()) {
      var answer = client.send(GET).answer();
      assertEquals(400, answer.status());
      assertTrue(answer.text().contains("sent over HTTP to an HTTPS port"), answer.text());
      assertTrue(client.seesTheEnd());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void oldVersionsAreRefused(SslProvider provider) throws Exception {
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), Given::describe)) {
      for (int minor = 0; minor <= 2; minor++) {
        try (var client = given.client()) {
          // What JDK clients no longer say: a ClientHello of SSL 3.0, TLS 1.0 and TLS 1.1.
          client.send(oldHello(minor));
          var rest = client.rest();
          assertEquals(7, rest.length);
          assertEquals(ALERT, rest[0]);
          assertTrue(rest[6] == PROTOCOL_VERSION || rest[6] == HANDSHAKE_FAILURE, "" + rest[6]);
        }
      }
      Given.await(() -> given.usedBytes() == 0);
    }
  }

  private static byte[] oldHello(int minor) {
    var hello = new java.io.ByteArrayOutputStream();
    hello.writeBytes(new byte[] {3, (byte) minor});
    hello.writeBytes(new byte[32]);
    hello.write(0); // no session
    hello.writeBytes(new byte[] {0, 4, (byte) 0xc0, 0x13, 0, 0x2f});
    hello.writeBytes(new byte[] {1, 0}); // no compression
    var body = hello.toByteArray();
    var record = new java.io.ByteArrayOutputStream();
    record.writeBytes(new byte[] {22, 3, (byte) minor, 0, (byte) (body.length + 4)});
    record.writeBytes(new byte[] {1, 0, 0, (byte) body.length});
    record.writeBytes(body);
    return record.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void alpnIsHttp11Only(SslProvider provider) throws Exception {
    try (var given = Given.server(provider, settings(Duration.ofSeconds(20)), Given::describe);
        var client = client(given)) {
      var socket = (SSLSocket) client.socket();
      var parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
      socket.setSSLParameters(parameters);
      assertEquals(200, client.send(GET).answer().status());
      assertEquals("http/1.1", socket.getApplicationProtocol());
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theCertificateIsChosenByName(SslProvider provider) throws Exception {
    var pairs =
        List.of(
            authority.signsRsa("first.example").in(directory, "first"),
            authority.signs("second.example", "*.second.example").in(directory, "second"));
    var settings = settings(Duration.ofSeconds(20), null, pairs);
    try (var given = Given.server(provider, settings, Given::describe)) {
      assertEquals("CN=first.example", subject(given, null));
      assertEquals("CN=first.example", subject(given, "FIRST.example"));
      assertEquals("CN=second.example", subject(given, "second.example"));
      assertEquals("CN=second.example", subject(given, "bucket.Second.Example"));
      assertEquals("CN=first.example", subject(given, "a.b.second.example"));
      assertEquals("CN=first.example", subject(given, "third.example"));
    }
  }

  private String subject(Given given, @Nullable String name) throws IOException {
    try (var client = client(given)) {
      var socket = (SSLSocket) client.socket();
      if (name != null) {
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(name)));
        socket.setSSLParameters(parameters);
      }
      assertEquals(200, client.send(GET).answer().status());
      var certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aClientsCertificateIsVerified(SslProvider provider) throws Exception {
    var known = TestCertificate.authority();
    var ca = known.in(directory, "clients").chain();
    var settings = settings(Duration.ofSeconds(20), ca, List.of(files));
    try (var given = Given.server(provider, settings, Given::describe)) {
      assertEquals(200, answer(given, null));
      assertEquals(200, answer(given, known.signs("somebody")));
      assertThrows(IOException.class, () -> answer(given, authority.signs("stranger")));
    }
  }

  private int answer(Given given, @Nullable TestCertificate own) throws IOException {
    var factory = authority.trusted(own).getSocketFactory();
    try (var client = new RawClient(given.server.address(), factory)) {
      return client.send(GET).answer().status();
    }
  }

  @Test
  void aHandshakeHasADeadline() throws Exception {
    try (var given = Given.server(settings(Given.PATIENCE), Given::describe)) {
      var silent = given.client();
      var begun = given.client().send(new byte[] {22});
      var cutOff = given.client().send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc, 3, 3});
      var slow = given.client().send(new byte[] {22, 3, 1, 2, 0});
      long start = System.nanoTime();
      for (int i = 0; i < 100 && System.nanoTime() - start < 5_000_000_000L; i++) {
        try {
          slow.send(new byte[] {1});
        } catch (IOException e) {
          break;
        }
        Thread.sleep(20);
      }
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertTrue(took < 1_900, () -> took + " ms");
      for (var client : List.of(silent, begun, cutOff)) {
        assertEquals(0, client.rest().length);
        client.close();
      }
      slow.close();
      Given.await(() -> given.server.connections() == 0 && given.usedBytes() == 0);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void hostileBytesCostNothing(SslProvider provider) throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    try (var given = Given.server(provider, settings(Duration.ofSeconds(3)), Given::describe)) {
      var clients = new ArrayList<RawClient>();
      for (int i = 0; i < 200; i++) {
        var bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        if (i % 2 == 0) {
          bytes[0] = 22;
        }
        if (i % 4 == 0 && bytes.length > 9) {
          System.arraycopy(new byte[] {22, 3, 1, 64, 0, 1, 0, 63, (byte) 252}, 0, bytes, 0, 9);
        }
        clients.add(given.client().send(bytes));
      }
      try (var client = client(given)) {
        assertEquals(200, client.send(GET).answer().status());
      }
      for (var client : clients) {
        client.close();
      }
      Given.await(() -> given.server.connections() == 0 && given.usedBytes() == 0);
    }
  }

  @Test
  void bytesThatAreNoTlsAfterTheHandshakeEndTheConnection() throws Exception {
    try (var given = server(Given::describe);
        var raw = new java.net.Socket()) {
      raw.connect(given.server.address());
      var socket =
          (SSLSocket)
              authority.trusted(null).getSocketFactory().createSocket(raw, "localhost", 1, false);
      socket.startHandshake();
      raw.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Given.await(() -> given.server.connections() == 0);
    }
  }

  @Test
  void aServerDoesNotStartWithoutACertificateThatFits() throws Exception {
    var one = authority.signs("one.example").in(directory, "one");
    var two = authority.signs("two.example").in(directory, "two");
    var crossed = new CertificateFiles(one.chain(), two.key());
    assertRefused("does not belong to", crossed);
    assertRefused("There is no file", new CertificateFiles(directory.resolve("no"), one.key()));
    assertRefused("no certificate", new CertificateFiles(one.key(), one.key()));
    assertRefused("no private key", new CertificateFiles(one.chain(), one.chain()));
  }

  private void assertRefused(String why, CertificateFiles pair) {
    var settings = settings(Duration.ofSeconds(1), null, List.of(pair));
    var failure =
        assertThrows(CertificateException.class, () -> HttpServer.start(settings, Given::describe));
    assertTrue(String.valueOf(failure.getMessage()).contains(why), failure.getMessage());
  }
}
