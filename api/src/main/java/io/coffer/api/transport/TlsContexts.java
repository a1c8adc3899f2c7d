package io.coffer.api.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What new connections are encrypted with, by the name that the client asks for. Immutable. */
final class TlsContexts {
  /** Forward secrecy and authenticated encryption only (RFC 9325 §4.2). */
  private static final List<String> CIPHERS =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** The fastest that this machine has. */
  static SslProvider provider() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
  }

  private record Entry(ServerIdentity identity, SslContext context) {}

  private final List<Entry> entries;

  private TlsContexts(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Makes them.
   *
   * @param authorities of clients, or null
   * @throws CertificateException one cannot be used
   */
  static TlsContexts of(
      SslProvider provider,
      List<ServerIdentity> identities,
      @Nullable List<X509Certificate> authorities)
      throws CertificateException {
    var entries = new ArrayList<Entry>();
    for (var identity : identities) {
      entries.add(new Entry(identity, context(provider, identity, authorities)));
    }
    return new TlsContexts(entries);
  }

  private static SslContext context(
      SslProvider provider, ServerIdentity identity, @Nullable List<X509Certificate> authorities)
      throws CertificateException {
    var chain = identity.chain().toArray(X509Certificate[]::new);
    var builder =
        SslContextBuilder.forServer(identity.key(), chain)
            .sslProvider(provider)
            .protocols("TLSv1.3", "TLSv1.2")
            .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                    ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                    "http/1.1"));
    if (authorities != null) {
      builder
          .trustManager(authorities.toArray(X509Certificate[]::new))
          .clientAuth(ClientAuth.OPTIONAL);
    }
    try {
      return builder.build();
    } catch (SSLException | IllegalArgumentException e) {
      throw new CertificateException("A certificate cannot be used (" + e.getMessage() + ").", e);
    }
  }

  /**
   * The one for a client.
   *
   * @param host as it asked for it; null when it did not
   */
  SslContext select(@Nullable String host) {
    if (host != null) {
      var name = host.toLowerCase(Locale.ROOT);
      for (var entry : entries) {
        if (entry.identity().isFor(name)) {
          return entry.context();
        }
      }
    }
    return entries.getFirst().context();
  }
}
