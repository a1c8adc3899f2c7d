package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.util.Random;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFileTest {
  @TempDir Path directory;

  private PemFile file(String text) throws IOException {
    return PemFile.read(Files.writeString(directory.resolve("f"), text));
  }

  @ParameterizedTest
  @CsvSource({"RSA, 2048", "RSA, 4096", "EC, 256", "EC, 384", "EC, 521"})
  void keysInTheirOldAndNewFormsAreTheSame(String algorithm, int bits) throws Exception {
    var generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(bits);
    var keys = generator.generateKeyPair();
    var old = algorithm.equals("RSA") ? TestCertificate.pem(keys) : sec1(keys, bits);
    assertTrue(old.startsWith("-----BEGIN " + algorithm + " PRIVATE KEY"), old.substring(0, 40));
    assertEquals(secret(keys.getPrivate()), secret(file(old).key()));
    assertEquals(
        secret(keys.getPrivate()), secret(file(TestCertificate.pem(keys.getPrivate())).key()));
    assertEquals(
        secret(keys.getPrivate()),
        secret(file("text\n" + old.replace("\n", "\r\n") + "more").key()));
  }

  /** Encodings of the same key may differ in what is optional. */
  private static BigInteger secret(PrivateKey key) {
    return key instanceof ECPrivateKey ec ? ec.getS() : ((RSAPrivateKey) key).getPrivateExponent();
  }

  /** As OpenSSL writes it, with the curve named. */
  private static String sec1(KeyPair keys, int bits) {
    var info = PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    var curve = info.getPrivateKeyAlgorithm().getParameters();
    var scalar = ((ECPrivateKey) keys.getPrivate()).getS();
    var key = new org.bouncycastle.asn1.sec.ECPrivateKey(bits, scalar, curve);
    try {
      return TestCertificate.pem(new PemObject("EC PRIVATE KEY", key.getEncoded()));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChainIsReadInItsOrder() throws Exception {
    var authority = TestCertificate.authority();
    var server = authority.signs("a.example");
    var text = TestCertificate.pem(server.certificate(), authority.certificate());
    assertEquals(
        java.util.List.of(server.certificate(), authority.certificate()),
        file(text).certificates());
  }

  @Test
  void whatCannotBeUsedIsSaidSo() throws Exception {
    assertMessage(
        "is encrypted",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----");
    assertMessage(
        "neither RSA nor EC", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----");
    assertMessage("no private key", "");
    assertMessage("base64 is broken", "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----");
    Files.write(directory.resolve("large"), new byte[2_000_000]);
    var failure =
        assertThrows(CertificateException.class, () -> PemFile.read(directory.resolve("large")));
    assertTrue(String.valueOf(failure.getMessage()).contains("too large"));
  }

  private void assertMessage(String part, String text) throws IOException {
    var file = file(text);
    var failure = assertThrows(CertificateException.class, file::key);
    assertTrue(String.valueOf(failure.getMessage()).contains(part), failure.getMessage());
  }

  @Test
  void damagedFilesAreNeverWorseThanRefused() throws Exception {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var authority = TestCertificate.authority();
    var text = TestCertificate.pem(authority.certificate(), authority.keys());
    for (int i = 0; i < 300; i++) {
      var bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      for (int j = 0; j <= random.nextInt(3); j++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      var path = Files.write(directory.resolve("g"), bytes);
      try {
        var file = PemFile.read(path);
        ServerIdentity.of(file, file);
      } catch (CertificateException e) {
        assertTrue(String.valueOf(e.getMessage()).endsWith("."));
      }
    }
  }
}
