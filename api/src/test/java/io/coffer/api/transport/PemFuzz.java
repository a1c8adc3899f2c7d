package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;

/** A PEM file, and the inside of each sort of key: read, or refused with a sentence. */
public final class PemFuzz {
  private static final Path NAME = Path.of("tls.pem");

  private PemFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var file = new PemFile(NAME, input);
    try {
      assertFalse(file.certificates().isEmpty());
    } catch (CertificateException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
    try {
      isUsable(file.key());
    } catch (CertificateException e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }
    key(() -> PrivateKeys.ofPkcs8(input));
    key(() -> PrivateKeys.ofPkcs1(input));
    key(() -> PrivateKeys.ofSec1(input));
  }

  @FunctionalInterface
  private interface Reading {
    PrivateKey key() throws GeneralSecurityException;
  }

  private static void key(Reading reading) {
    try {
      isUsable(reading.key());
    } catch (GeneralSecurityException e) {
      assertFalse(e.toString().isEmpty());
    }
  }

  private static void isUsable(PrivateKey key) {
    assertEquals("PKCS#8", key.getFormat());
  }
}
