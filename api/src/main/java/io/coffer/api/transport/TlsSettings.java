package io.coffer.api.transport;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted: TLS 1.2 and 1.3.
 *
 * @param certificates at least one; a client gets the first that has the name it asks for (SNI, RFC
 *     6066 §3), or else the first of all
 * @param clientAuthorities PEM with the certificates that clients' own are verified against, or
 *     null to ask for none; a client without one is served all the same
 * @param handshakeTimeout from the first moment of a connection to the end of its handshake
 * @param lookInterval how often the files are read again; what changed is for new connections
 * @param challenges what certificate authorities may see instead, while they ask for it
 */
public record TlsSettings(
    List<CertificateFiles> certificates,
    @Nullable Path clientAuthorities,
    Duration handshakeTimeout,
    Duration lookInterval,
    TlsChallenges challenges) {

  public TlsSettings {
    certificates = List.copyOf(certificates);
    if (certificates.isEmpty()) {
      throw new IllegalArgumentException("TLS needs a certificate.");
    }
    TransportSettings.requirePositive("handshakeTimeout", handshakeTimeout);
    TransportSettings.requirePositive("lookInterval", lookInterval);
  }

  /** Without challenges. */
  public TlsSettings(
      List<CertificateFiles> certificates,
      @Nullable Path clientAuthorities,
      Duration handshakeTimeout,
      Duration lookInterval) {
    this(certificates, clientAuthorities, handshakeTimeout, lookInterval, new TlsChallenges());
  }

  /** Ten seconds for a handshake; the files are looked at every three. */
  public static TlsSettings of(List<CertificateFiles> certificates, @Nullable Path authorities) {
    return new TlsSettings(
        certificates, authorities, Duration.ofSeconds(10), Duration.ofSeconds(3));
  }

  /** The same with challenges. */
  public TlsSettings withChallenges(TlsChallenges wanted) {
    return new TlsSettings(certificates, clientAuthorities, handshakeTimeout, lookInterval, wanted);
  }
}
