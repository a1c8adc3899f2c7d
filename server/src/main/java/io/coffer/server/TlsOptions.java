package io.coffer.server;

import io.coffer.api.transport.CertificateFiles;
import io.coffer.api.transport.TlsSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which certificates the server speaks HTTPS.
 *
 * @param certificates none for HTTP, unless {@code selfSigned} or {@code acme}
 * @param clientAuthorities PEM file against which clients' certificates are verified, or null
 * @param selfSigned whether the server makes a certificate for development itself
 * @param acme how it gets one from an authority, or null
 */
public record TlsOptions(
    List<CertificateFiles> certificates,
    @Nullable Path clientAuthorities,
    boolean selfSigned,
    @Nullable AcmeOptions acme) {
  /** HTTP in the clear. */
  public static final TlsOptions OFF = new TlsOptions(List.of(), null, false, null);

  /** A certificate for development. */
  public static final TlsOptions SELF_SIGNED = new TlsOptions(List.of(), null, true, null);

  public TlsOptions {
    certificates = List.copyOf(certificates);
  }

  /** Whether the server speaks HTTPS. */
  public boolean on() {
    return selfSigned || acme != null || !certificates.isEmpty();
  }

  /**
   * What the transport gets to know of it, or null for HTTP.
   *
   * @param development the certificate that was made, or null
   * @param ordered the one by ACME, or null
   */
  @Nullable TlsSettings settings(
      @Nullable DevelopmentCertificate development, @Nullable AcmeCertificate ordered) {
    if (ordered != null) {
      return TlsSettings.of(List.of(ordered.files()), clientAuthorities)
          .withChallenges(ordered.challenges());
    }
    if (development != null) {
      return TlsSettings.of(List.of(development.files()), clientAuthorities);
    }
    return certificates.isEmpty() ? null : TlsSettings.of(certificates, clientAuthorities);
  }
}
