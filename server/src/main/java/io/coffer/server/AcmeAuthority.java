package io.coffer.server;

import java.io.IOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.shredzone.acme4j.Session;
import org.shredzone.acme4j.connector.NetworkSettings;
import org.shredzone.acme4j.provider.GenericAcmeProvider;

/** The way to an authority: HTTPS, trusting whom the operator says. Used by one thread. */
final class AcmeAuthority implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Session session;

  /**
   * Nothing is asked yet.
   *
   * @throws IOException the file with whom to trust cannot be read
   */
  AcmeAuthority(AcmeOptions options) throws IOException {
    this.session = new Session(options.directory(), new Provider(trust(options), threads));
    session.setLocale(java.util.Locale.ENGLISH);
    // What -Dhttps.proxyHost says, if anything.
    session.networkSettings().setProxySelector(ProxySelector.getDefault());
  }

  Session session() {
    return session;
  }

  /**
   * Whom to trust at the authority's address; null for those that Java trusts.
   *
   * @throws IOException the file cannot be read
   */
  static @Nullable SSLContext trust(AcmeOptions options) throws IOException {
    var pem = options.authorities();
    return pem == null ? null : trusting(pem);
  }

  private static SSLContext trusting(Path pem) throws IOException {
    try (var input = Files.newInputStream(pem)) {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (var found : CertificateFactory.getInstance("X.509").generateCertificates(input)) {
        store.setCertificateEntry("ca-" + number++, found);
      }
      if (number == 0) {
        throw new IOException(pem + " has no certificate in PEM");
      }
      var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + " has a certificate that is damaged", e);
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    session.getHttpClient().shutdownNow();
    threads.shutdownNow();
  }

  /** The protocol as it is, over a client of our own. */
  private static final class Provider extends GenericAcmeProvider {
    private final @Nullable SSLContext trust;
    private final ExecutorService threads;

    Provider(@Nullable SSLContext trust, ExecutorService threads) {
      this.trust = trust;
      this.threads = threads;
    }

    @Override
    public HttpClient createHttpClient(NetworkSettings settings) {
      var builder =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NORMAL)
              .connectTimeout(settings.getTimeout())
              .proxy(settings.getProxySelector())
              .executor(threads);
      if (trust != null) {
        builder.sslContext(trust);
      }
      return builder.build();
    }
  }
}
