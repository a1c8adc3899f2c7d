package io.coffer.server;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What an authority issued.
 *
 * @param keys made for it
 * @param chain the server's own certificate first
 */
record AcmeIssued(KeyPair keys, List<X509Certificate> chain) {
  AcmeIssued {
    chain = List.copyOf(chain);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "AcmeIssued" + chain.stream().map(X509Certificate::getSubjectX500Principal).toList();
  }
}
