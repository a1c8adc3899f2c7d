package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates that change while a server runs. */
@Timeout(60)
class CertificateReloadTest {
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  @TempDir Path directory;
  private final TestCertificate authority = TestCertificate.authority();

  private static TransportSettings settings(
      @Nullable Path authorities, List<CertificateFiles> pairs) {
    var tls = new TlsSettings(pairs, authorities, Duration.ofSeconds(10), Duration.ofMillis(10));
    return Given.settings(Duration.ofSeconds(20)).withTls(tls);
  }

  private RawClient client(Given given) throws IOException {
    return new RawClient(given.server.address(), authority.trusted(null).getSocketFactory());
  }

  private BigInteger serial(Given given) {
    try (var client = client(given)) {
      assertEquals(200, client.send(GET).answer().status());
      var session = ((SSLSocket) client.socket()).getSession();
      return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aNewPairIsForNewConnectionsAndOldOnesGoOn() throws Exception {
    var first = authority.signs("localhost");
    var second = authority.signsRsa("localhost");
    var files = first.in(directory, "server");
    try (var given = Given.server(settings(null, List.of(files)), Given::describe);
        var kept = client(given)) {
      assertEquals(200, kept.send(GET).answer().status());
      assertEquals(first.certificate().getSerialNumber(), serial(given));
      second.in(directory, "server");
      Given.await(() -> serial(given).equals(second.certificate().getSerialNumber()));
      assertEquals(200, kept.send(GET).answer().status());
    }
  }

  @Test
  void whatIsNotGoodChangesNothingAndIsToldOfOnce() throws Exception {
    var first = authority.signs("localhost");
    var files = first.in(directory, "server");
    try (var warnings = new Warnings();
        var given = Given.server(settings(null, List.of(files)), Given::describe)) {
      Files.writeString(files.key(), TestCertificate.pem(authority.keys().getPrivate()));
      Given.await(() -> warnings.texts.size() == 1);
      assertTrue(
          warnings.texts.getFirst().contains("does not belong to"), warnings.texts::toString);
      Files.writeString(files.chain(), "-----BEGIN CERTIFICATE-----\nab");
      Given.await(() -> warnings.texts.size() == 2);
      Files.delete(files.chain());
      Given.await(() -> warnings.texts.size() == 3);
      Thread.sleep(100);
      assertEquals(3, warnings.texts.size(), warnings.texts::toString);
      assertEquals(first.certificate().getSerialNumber(), serial(given));
      var third = authority.signs("localhost");
      third.in(directory, "server");
      Given.await(() -> serial(given).equals(third.certificate().getSerialNumber()));
    }
  }

  @Test
  void aBadPairDoesNotKeepAnotherFromBeingReplaced() throws Exception {
    var bad = authority.signs("bad.example").in(directory, "bad");
    var good = authority.signs("good.example");
    var pairs = List.of(good.in(directory, "good"), bad);
    try (var given = Given.server(settings(null, pairs), Given::describe)) {
      Files.writeString(bad.chain(), "nothing");
      var next = authority.signs("good.example");
      next.in(directory, "good");
      Given.await(() -> serial(given).equals(next.certificate().getSerialNumber()));
    }
  }

  @Test
  void clientsAreVerifiedAgainstTheNewAuthorities() throws Exception {
    var before = TestCertificate.authority();
    var after = TestCertificate.authority();
    var ca = before.in(directory, "clients").chain();
    var files = authority.signs("localhost").in(directory, "server");
    var own = authority.trusted(after.signs("me")).getSocketFactory();
    try (var given = Given.server(settings(ca, List.of(files)), Given::describe)) {
      Files.writeString(ca, TestCertificate.pem(before.certificate(), after.certificate()));
      Given.await(
          () -> {
            try (var client = new RawClient(given.server.address(), own)) {
              return client.send(GET).answer().status() == 200;
            } catch (IOException e) {
              return false;
            }
          });
    }
  }

  @Test
  void underLoadNoRequestFails() throws Exception {
    var files = authority.signs("localhost").in(directory, "server");
    var done = new AtomicBoolean();
    var count = new AtomicInteger();
    try (var given = Given.server(settings(null, List.of(files)), Given::describe);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        results.add(threads.submit(load(given, done, count)));
      }
      for (int i = 0; i < 6; i++) {
        var next = i % 2 == 0 ? authority.signsRsa("localhost") : authority.signs("localhost");
        next.in(directory, "server");
        var wanted = next.certificate().getSerialNumber();
        Given.await(() -> serial(given).equals(wanted));
      }
      done.set(true);
      for (var result : results) {
        result.get();
      }
      assertTrue(count.get() > 50, () -> count + " requests");
    }
  }

  /** Clients that come and stay for ten requests. */
  private Callable<@Nullable Void> load(Given given, AtomicBoolean done, AtomicInteger count) {
    var uri = URI.create("https://localhost:" + given.server.address().getPort() + "/");
    var request =
        HttpRequest.newBuilder(uri)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[70_000]))
            .build();
    return () -> {
      while (!done.get()) {
        try (var client = HttpClient.newBuilder().sslContext(authority.trusted(null)).build()) {
          for (int i = 0; i < 10; i++) {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals("PUT / null 70000", answer.body().replace("  ", " null "));
            count.incrementAndGet();
          }
        }
      }
      return null;
    };
  }

  /** What the transport warns of meanwhile. */
  private static final class Warnings extends Handler implements AutoCloseable {
    private final List<String> texts = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.coffer.api.transport");

    Warnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
      if (record.getLevel() == java.util.logging.Level.WARNING) {
        texts.add(record.getMessage());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
