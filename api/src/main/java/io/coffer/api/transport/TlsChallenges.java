package io.coffer.api.transport;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.security.cert.X509Certificate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that prove to a certificate authority that a name is this server's (TLS-ALPN-01, RFC
 * 8737). Each is for connections alone that ask for its name and offer the one protocol {@code
 * acme-tls/1}, and only while it is pending; such a connection ends with its handshake.
 * Thread-safe.
 */
public final class TlsChallenges {
  static final String PROTOCOL = "acme-tls/1";

  private final Map<String, SslContext> pending = new ConcurrentHashMap<>();

  /**
   * Shows a certificate from now on.
   *
   * @param host a DNS name
   * @param proof the certificate that the authority expects
   * @throws CertificateException it cannot be used
   */
  public void show(String host, ServerIdentity proof) throws CertificateException {
    try {
      var chain = proof.chain().toArray(X509Certificate[]::new);
      var context =
          SslContextBuilder.forServer(proof.key(), chain)
              // Rare, so that nothing is gained by a native one, which would have to be released.
              .sslProvider(SslProvider.JDK)
              .protocols("TLSv1.3", "TLSv1.2")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      ApplicationProtocolConfig.Protocol.ALPN,
                      ApplicationProtocolConfig.SelectorFailureBehavior.FATAL_ALERT,
                      ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                      PROTOCOL))
              .build();
      pending.put(host.toLowerCase(Locale.ROOT), context);
    } catch (SSLException | IllegalArgumentException e) {
      throw new CertificateException("A proof for " + host + " cannot be shown.", e);
    }
  }

  /** Shows it no longer. */
  public void hide(String host) {
    pending.remove(host.toLowerCase(Locale.ROOT));
  }

  /** Whether anything is pending: else nobody has to look for it. */
  boolean any() {
    return !pending.isEmpty();
  }

  /**
   * What is shown for a host, or null.
   *
   * @param host as a client asked for it; null when it did not
   */
  @Nullable SslContext find(@Nullable String host) {
    return host == null ? null : pending.get(host.toLowerCase(Locale.ROOT));
  }
}
