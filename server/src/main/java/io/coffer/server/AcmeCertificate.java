package io.coffer.server;

import io.coffer.api.transport.CertificateFiles;
import io.coffer.api.transport.HttpServer;
import io.coffer.api.transport.TlsChallenges;
import io.coffer.api.transport.TransportSettings;
import io.coffer.service.Environment;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a server has by ACME, and what renews it while the server runs. Belongs to
 * the thread that starts and closes the server.
 */
final class AcmeCertificate implements AutoCloseable {
  private static final Logger LOG = System.getLogger(AcmeCertificate.class.getName());
  private static final int HTTP = 80;
  private static final int CONNECTIONS = 256;

  private final AcmeOptions options;
  private final AcmeFiles files;
  private final InetSocketAddress address;
  private final @Nullable AcmeKept kept;
  private final TlsChallenges challenges = new TlsChallenges();
  private @Nullable HttpServer http;
  private @Nullable Thread renewal;

  private AcmeCertificate(
      AcmeOptions options, AcmeFiles files, InetSocketAddress address, @Nullable AcmeKept kept) {
    this.options = options;
    this.files = files;
    this.address = address;
    this.kept = kept;
  }

  /**
   * The one that the options ask for. When this returns there is something to be served: what was
   * there, or a placeholder.
   *
   * @throws UsageException it cannot be kept, or a file of the options cannot be read
   */
  static AcmeCertificate of(AcmeOptions wanted, ServerOptions options, Environment environment) {
    var data = options.directory();
    if (data == null) {
      throw UsageException.wrong(
          "%s needs a data directory: in memory every start would order a new certificate."
              .formatted(Setting.ACME_DOMAINS.flag()));
    }
    try {
      var unused = AcmeAuthority.trust(wanted); // a fault there is better known now than at night
      var files = AcmeFiles.in(data);
      var kept = files.kept();
      if (kept == null) {
        files.keepPlaceholder(wanted.domains(), environment.clock().instant());
        LOG.log(
            Level.WARNING,
            "There is no certificate by ACME yet: a placeholder that nobody trusts is served until"
                + " there is one.");
      }
      return new AcmeCertificate(wanted, files, options.address(), kept);
    } catch (IOException e) {
      throw UsageException.failed(
          "There can be no certificate by ACME (%s).".formatted(Messages.of(e)), e);
    }
  }

  /** What the server shows; it is replaced now and then. */
  CertificateFiles files() {
    return files.served();
  }

  /** What it shows to the authority. */
  TlsChallenges challenges() {
    return challenges;
  }

  /**
   * Answers the authority and renews from now on.
   *
   * @param https where the server listens
   * @throws UsageException the address for HTTP cannot be had
   */
  void start(InetSocketAddress https, Environment environment) {
    var clock = environment.clock();
    var random = environment.random();
    try {
      var order = new AcmeOrder(options, files, proofs(https));
      var work = new AcmeRenewal(options, files, order, clock, random, kept);
      renewal = Thread.ofVirtual().name("acme").start(work);
    } catch (IOException e) {
      close();
      throw UsageException.failed(
          "Certificates cannot be renewed (%s).".formatted(Messages.of(e)), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private AcmeProofs proofs(InetSocketAddress https) {
    return switch (options.challenge()) {
      case TLS_ALPN_01 -> new AcmeProofs.OverTls(challenges);
      case HTTP_01 -> {
        var tokens = new AcmeTokens(options, https.getPort());
        http = listen(tokens);
        yield new AcmeProofs.OverHttp(tokens);
      }
    };
  }

  private HttpServer listen(AcmeTokens tokens) {
    try {
      return HttpServer.start(httpSettings(), tokens);
    } catch (IOException e) {
      throw UsageException.failed(
          "%s; give another address with %s, and lead port 80 there."
              .formatted(Messages.of(e), Setting.ACME_HTTP_ADDRESS.flag()),
          e);
    }
  }

  private TransportSettings httpSettings() {
    var given = options.httpAddress();
    var where = given == null ? new InetSocketAddress(address.getAddress(), HTTP) : given;
    var defaults = TransportSettings.defaults(where);
    return new TransportSettings(
        where,
        defaults.maxHeadBytes(),
        defaults.headTimeout(),
        defaults.idleTimeout(),
        defaults.lingerTimeout(),
        CONNECTIONS,
        1,
        null,
        peer -> false);
  }

  /** For tests: where HTTP-01 is answered, or null. */
  @Nullable InetSocketAddress httpAddress() {
    return http == null ? null : http.address();
  }

  /** Breaks off what is under way. Idempotent. */
  @Override
  public void close() {
    if (renewal != null) {
      renewal.interrupt();
    }
    if (http != null) {
      http.close();
    }
  }
}
