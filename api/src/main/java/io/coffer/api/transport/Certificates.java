package io.coffer.api.transport;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a server, read again every few seconds. What was read last and is good serves
 * new connections; what is not good is told of, and changes nothing. Thread-safe.
 */
final class Certificates implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  private final TlsSettings settings;
  private final SslProvider provider;
  private final List<WatchedFiles<ServerIdentity>> identities = new ArrayList<>();
  private final @Nullable WatchedFiles<List<X509Certificate>> authorities;
  private final ExpiryNotice expiryNotice = new ExpiryNotice(InstantSource.system());
  private final Thread watch;
  private volatile TlsContexts contexts;

  /**
   * Reads them, and goes on to look at them until it is closed.
   *
   * @throws CertificateException they cannot be used
   */
  Certificates(TlsSettings settings, SslProvider provider) throws CertificateException {
    this.settings = settings;
    this.provider = provider;
    for (var pair : settings.certificates()) {
      identities.add(
          new WatchedFiles<>(
              List.of(pair.chain(), pair.key()),
              files -> ServerIdentity.of(files.getFirst(), files.getLast())));
    }
    var path = settings.clientAuthorities();
    this.authorities =
        path == null
            ? null
            : new WatchedFiles<>(List.of(path), files -> files.getFirst().certificates());
    this.contexts = make();
    tellOfExpiry();
    this.watch = Thread.ofVirtual().name("certificates").unstarted(this::watch);
    watch.start();
  }

  /** What a new connection is encrypted with; see {@link TlsContexts#select}. */
  SslContext select(@Nullable String host) {
    return contexts.select(host);
  }

  /** When the first certificate ends. */
  Instant expiry() {
    return ExpiryNotice.end(values());
  }

  private List<ServerIdentity> values() {
    return identities.stream().map(WatchedFiles::value).toList();
  }

  private void tellOfExpiry() {
    expiryNotice.look(values()).ifPresent(sentence -> LOG.log(Level.WARNING, sentence));
  }

  /** What certificate authorities may see instead. */
  TlsChallenges challenges() {
    return settings.challenges();
  }

  private TlsContexts make() throws CertificateException {
    return TlsContexts.of(provider, values(), authorities == null ? null : authorities.value());
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(settings.lookInterval());
        look();
        tellOfExpiry();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      boolean changed = authorities != null && authorities.look();
      for (var identity : identities) {
        changed |= identity.look();
      }
      if (changed) {
        contexts = make();
        LOG.log(Level.INFO, "New connections get the certificates that are in the files now.");
      }
    } catch (CertificateException | RuntimeException e) {
      LOG.log(Level.WARNING, "The certificates stay as they were", e);
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
