package io.coffer.server;

import io.coffer.api.transport.CertificateFiles;
import io.coffer.api.transport.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which certificates the server speaks HTTPS.
 *
 * @param certificates none for HTTP, unless {@code selfSigned}
 * @param clientAuthorities PEM file against which clients' certificates are verified, or null
 * @param selfSigned whether the server makes a certificate for development itself
 */
public record TlsOptions(
    List<CertificateFiles> certificates, @Nullable Path clientAuthorities, boolean selfSigned) {
  /** HTTP in the clear. */
  public static final TlsOptions OFF = new TlsOptions(List.of(), null, false);

  /** A certificate for development. */
  public static final TlsOptions SELF_SIGNED = new TlsOptions(List.of(), null, true);

  public TlsOptions {
    certificates = List.copyOf(certificates);
  }

  /** Whether the server speaks HTTPS. */
  public boolean on() {
    return selfSigned || !certificates.isEmpty();
  }

  /**
   * What the transport gets to know of it, or null for HTTP.
   *
   * @param development the certificate that was made, or null
   */
  @Nullable TlsSettings settings(@Nullable DevelopmentCertificate development) {
    if (development != null) {
      return TlsSettings.of(List.of(development.files()), clientAuthorities);
    }
    return certificates.isEmpty() ? null : TlsSettings.of(certificates, clientAuthorities);
  }
}
