package io.coffer.conformance;

import io.coffer.server.CofferServer;
import io.coffer.server.EdgeOptions;
import io.coffer.server.ServerOptions;
import io.coffer.server.TlsOptions;
import io.coffer.service.oidc.OutboundRules;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** A server of the suite's own on one backend, and clients of it. */
final class S3Server implements AutoCloseable {
  private final ServerOptions options;
  private CofferServer server;

  private S3Server(ServerOptions options) {
    this.options = options;
    server = CofferServer.start(options);
  }

  /**
   * Starts one.
   *
   * @param directory of the files backend, or null for memory
   */
  static S3Server start(@Nullable Path directory) {
    return start(directory, false);
  }

  /**
   * Starts one.
   *
   * @param https whether it makes a certificate, which {@link #client} trusts
   */
  static S3Server start(@Nullable Path directory, boolean https) {
    var edge = https ? EdgeOptions.PLAIN.withTls(TlsOptions.SELF_SIGNED) : EdgeOptions.PLAIN;
    var options =
        ServerOptions.inMemory().withEdge(edge).withIdentityProviders(new OutboundRules(true));
    return new S3Server(directory == null ? options : options.withDirectory(directory));
  }

  /** Ends the server and starts it anew over the same directory. */
  void restart() {
    server.close();
    server = CofferServer.start(options);
  }

  URI endpoint() {
    return URI.create(
        (options.edge().tls().on() ? "https" : "http")
            + "://127.0.0.1:"
            + server.address().getPort());
  }

  StaticCredentialsProvider credentials() {
    var key = server.rootCredential();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey()));
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint())
        .credentialsProvider(credentials())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(http())
        .build();
  }

  private SdkHttpClient http() {
    var authority = server.developmentAuthority();
    return authority == null
        ? ApacheHttpClient.create()
        : ApacheHttpClient.builder().tlsTrustManagersProvider(() -> trusting(authority)).build();
  }

  private static TrustManager[] trusting(Path authority) {
    try (var input = Files.newInputStream(authority)) {
      var trust = KeyStore.getInstance("PKCS12");
      trust.load(null, null);
      var factory = CertificateFactory.getInstance("X.509");
      trust.setCertificateEntry("ca", factory.generateCertificate(input));
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trust);
      return managers.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  S3AsyncClient asyncClient() {
    return S3AsyncClient.builder()
        .endpointOverride(endpoint())
        .credentialsProvider(credentials())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .multipartEnabled(true)
        .build();
  }

  S3AsyncClient crtClient() {
    return S3AsyncClient.crtBuilder()
        .endpointOverride(endpoint())
        .credentialsProvider(credentials())
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .minimumPartSizeInBytes(5L << 20)
        .build();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint())
        .credentialsProvider(credentials())
        .region(Region.US_EAST_1)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  @Override
  public void close() {
    server.close();
  }
}
