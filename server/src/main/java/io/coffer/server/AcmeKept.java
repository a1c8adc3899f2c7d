package io.coffer.server;

import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate that is there.
 *
 * @param authority the directory that it was ordered from
 */
record AcmeKept(URI authority, X509Certificate certificate) {
  private static final int PART_LEFT = 3;

  /** Whether it is from the authority and for all the names that are wanted now. */
  boolean fits(AcmeOptions options) {
    return authority.equals(options.directory()) && names().containsAll(options.domains());
  }

  private Set<String> names() {
    var names = new HashSet<String>();
    try {
      Collection<List<?>> general = certificate.getSubjectAlternativeNames();
      if (general != null) {
        general.forEach(name -> names.add(name.get(1).toString().toLowerCase(Locale.ROOT)));
      }
    } catch (CertificateParsingException e) {
      // Then it is for nobody.
      return Set.of();
    }
    return names;
  }

  /** When a third of its lifetime is left, as authorities advise. */
  Instant due() {
    var end = end();
    var lifetime = Duration.between(certificate.getNotBefore().toInstant(), end);
    return end.minus(lifetime.dividedBy(PART_LEFT));
  }

  /** When it runs out. */
  Instant end() {
    return certificate.getNotAfter().toInstant();
  }
}
