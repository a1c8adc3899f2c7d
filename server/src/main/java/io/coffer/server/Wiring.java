package io.coffer.server;

import io.coffer.api.AccessEntry;
import io.coffer.api.ApiSettings;
import io.coffer.api.HealthCheck;
import io.coffer.api.Operations;
import io.coffer.api.QueryOperations;
import io.coffer.api.S3Api;
import io.coffer.api.transport.CertificateException;
import io.coffer.api.transport.HttpServer;
import io.coffer.api.transport.TransportSettings;
import io.coffer.auth.Authenticator;
import io.coffer.auth.PostPolicy;
import io.coffer.auth.SigningHosts;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts authentication, API and transport before a service, as the options say. */
record Wiring(
    ServerOptions options,
    Environment environment,
    HealthCheck health,
    ServerMetrics metrics,
    AuditLog audit,
    @Nullable DevelopmentCertificate development,
    @Nullable AcmeCertificate acme) {

  /**
   * Listens.
   *
   * @throws UsageException the address cannot be had, or a certificate is not good
   */
  HttpServer listen(Service service) {
    var server = listenAlone(service);
    try {
      if (acme != null) {
        acme.start(server.address(), environment);
      }
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private HttpServer listenAlone(Service service) {
    var api = api(service);
    LimitMetrics.register(metrics.registry(), api.limits());
    audit.counts().register(metrics.registry());
    try {
      var server =
          HttpServer.start(
              transportSettings(), metrics.counting(api), metrics.countingRefusals(api));
      CertificateMetrics.register(
          metrics.registry(), environment.clock(), server::certificateExpiry);
      return server;
    } catch (CertificateException e) {
      throw UsageException.failed(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw UsageException.failed(
          "%s; stop what uses it, or choose another address with %s."
              .formatted(Messages.of(e), Setting.ADDRESS.flag()),
          e);
    }
  }

  private S3Api api(Service service) {
    var clock = environment.clock();
    var authenticator =
        new Authenticator(
            service.credentials(),
            options.region(),
            clock,
            new SigningHosts(options.signingHosts()));
    Consumer<AccessEntry> count = metrics::count;
    var counted = options.edge().audit().isOn() ? count.andThen(audit::log) : count;
    return new S3Api(
        authenticator,
        new PostPolicy(service.credentials(), options.region(), clock),
        Operations.of(service, new Explaining(service)),
        QueryOperations.of(service),
        environment,
        ApiSettings.defaults()
            .withDomains(options.domains())
            .withTrustedPeers(ProxyAddresses.of(options.trustedProxies()))
            .withLimits(options.edge().limits()),
        health,
        options.metrics() ? metrics : null,
        options.accessLog() ? counted.andThen(AccessLog::log) : counted);
  }

  private TransportSettings transportSettings() {
    var defaults = TransportSettings.defaults(options.address());
    return new TransportSettings(
        options.address(),
        defaults.maxHeadBytes(),
        defaults.headTimeout(),
        options.idleTimeout(),
        defaults.lingerTimeout(),
        options.maxConnections(),
        defaults.eventLoops(),
        options.edge().tls().settings(development, acme),
        options.edge().proxyProtocol()
            ? ProxyAddresses.of(options.trustedProxies())
            : peer -> false);
  }
}
