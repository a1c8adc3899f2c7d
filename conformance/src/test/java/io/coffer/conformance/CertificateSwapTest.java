package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.transport.CertificateFiles;
import io.coffer.server.CofferServer;
import io.coffer.server.EdgeOptions;
import io.coffer.server.ServerOptions;
import io.coffer.server.TlsOptions;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Certificates that are replaced while clients are at work: not one request fails. */
@Timeout(180)
class CertificateSwapTest {
  private static final String BUCKET = "swapped";
  private static final String CONTENT = "content ".repeat(5_000);

  @TempDir Path dir;

  private final AtomicBoolean done = new AtomicBoolean();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger requests = new AtomicInteger();

  /** A new certificate of the same authority each time, as --tls-self-signed makes them. */
  private CertificateFiles certificate(int number) throws IOException {
    var data = dir.resolve("authority");
    var tls = data.resolve("secrets").resolve("tls");
    Files.deleteIfExists(tls.resolve("server.pem"));
    var selfSigned = EdgeOptions.PLAIN.withTls(TlsOptions.SELF_SIGNED);
    CofferServer.start(ServerOptions.inMemory().withDirectory(data).withEdge(selfSigned)).close();
    var files =
        new CertificateFiles(dir.resolve(number + ".pem"), dir.resolve(number + "-key.pem"));
    Files.copy(tls.resolve("server.pem"), files.chain());
    Files.copy(tls.resolve("server-key.pem"), files.key());
    return files;
  }

  private TrustManager[] trust() throws IOException, GeneralSecurityException {
    try (var input = Files.newInputStream(dir.resolve("authority/secrets/tls/ca.pem"))) {
      var trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      var factory = CertificateFactory.getInstance("X.509");
      trust.setCertificateEntry("ca", factory.generateCertificate(input));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trust);
      return managers.getTrustManagers();
    }
  }

  private SSLContext context() throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust(), null);
    return context;
  }

  private BigInteger serial(InetSocketAddress address)
      throws IOException, GeneralSecurityException {
    try (var socket =
        (SSLSocket)
            context().getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSerialNumber();
    }
  }

  /** As an operator does it: one file after the other. */
  private static void putInPlace(CertificateFiles next, CertificateFiles served)
      throws IOException {
    Files.move(next.chain(), served.chain(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(next.key(), served.key(), StandardCopyOption.ATOMIC_MOVE);
  }

  private static StaticCredentialsProvider credentials(CofferServer server) {
    var key = server.rootCredential();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  private static URI endpoint(CofferServer server) {
    return URI.create("https://127.0.0.1:" + server.address().getPort());
  }

  /** Every failure shows: nothing is tried again. */
  private S3Client sdk(CofferServer server) throws IOException, GeneralSecurityException {
    var trust = trust();
    return S3Client.builder()
        .endpointOverride(endpoint(server))
        .credentialsProvider(credentials(server))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .httpClient(ApacheHttpClient.builder().tlsTrustManagersProvider(() -> trust).build())
        .build();
  }

  private URI presigned(CofferServer server, String key) {
    try (var presigner =
        S3Presigner.builder()
            .endpointOverride(endpoint(server))
            .credentialsProvider(credentials(server))
            .region(Region.US_EAST_1)
            .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
            .build()) {
      return URI.create(
          presigner
              .presignGetObject(
                  p ->
                      p.signatureDuration(Duration.ofMinutes(10))
                          .getObjectRequest(g -> g.bucket(BUCKET).key(key)))
              .url()
              .toString());
    }
  }

  private void repeat(Callable<?> request) {
    while (!done.get()) {
      try {
        request.call();
        requests.incrementAndGet();
      } catch (Exception | AssertionError e) {
        failures.add(e);
        return;
      }
    }
  }

  private static Object putAndGet(S3Client s3, String key) {
    s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(CONTENT));
    assertEquals(CONTENT, s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String());
    return key;
  }

  private static Object get(HttpClient client, URI uri) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(uri).build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    assertEquals(200, answer.statusCode());
    assertEquals(CONTENT, answer.body());
    return answer;
  }

  private HttpClient httpClient() throws IOException, GeneralSecurityException {
    return HttpClient.newBuilder().sslContext(context()).build();
  }

  private Object getWithAClientOfItsOwn(URI uri) throws Exception {
    try (var client = httpClient()) {
      return get(client, uri);
    }
  }

  @Test
  void aCertificateIsReplacedTwiceUnderLoadAndNoRequestFails() throws Exception {
    var served = certificate(0);
    var next = List.of(certificate(1), certificate(2));
    var tls = new TlsOptions(List.of(served), null, false, null);
    var options = ServerOptions.inMemory().withEdge(EdgeOptions.PLAIN.withTls(tls));
    var serials = new LinkedHashSet<BigInteger>();
    try (var server = CofferServer.start(options);
        var s3 = sdk(server);
        var kept = httpClient()) {
      s3.createBucket(b -> b.bucket(BUCKET));
      putAndGet(s3, "there");
      var there = presigned(server, "there");
      serials.add(serial(server.address()));
      try (var threads = Executors.newFixedThreadPool(4)) {
        try {
          threads.execute(() -> repeat(() -> putAndGet(s3, "one")));
          threads.execute(() -> repeat(() -> putAndGet(s3, "two")));
          threads.execute(() -> repeat(() -> get(kept, there)));
          threads.execute(() -> repeat(() -> getWithAClientOfItsOwn(there)));
          for (var files : next) {
            putInPlace(files, served);
            while (failures.isEmpty() && !serials.add(serial(server.address()))) {
              Thread.sleep(20);
            }
            int seen = requests.get();
            while (failures.isEmpty() && requests.get() < seen + 100) {
              Thread.sleep(20);
            }
          }
        } finally {
          done.set(true);
        }
      }
    }
    assertTrue(failures.isEmpty(), () -> String.valueOf(Objects.requireNonNull(failures.peek())));
    assertEquals(3, serials.size());
    assertTrue(requests.get() >= 200, requests::toString);
  }
}
