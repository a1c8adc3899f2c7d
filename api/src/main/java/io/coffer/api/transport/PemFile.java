package io.coffer.api.transport;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The text of a PEM file (RFC 7468): labelled blocks of base64. Immutable. */
final class PemFile {
  /** Far more than any chain has. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----([^-]*)-----END \\1-----");

  private final Path path;
  private final byte[] bytes;

  PemFile(Path path, byte[] bytes) {
    this.path = path;
    this.bytes = bytes;
  }

  /**
   * Reads it as it is now.
   *
   * @throws CertificateException it is not there, not readable, or too large
   */
  static PemFile read(Path path) throws CertificateException {
    try (var input = Files.newInputStream(path)) {
      var bytes = input.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new CertificateException(path + " is too large for a PEM file.");
      }
      return new PemFile(path, bytes);
    } catch (NoSuchFileException e) {
      throw new CertificateException("There is no file " + path + ".", e);
    } catch (CertificateException e) {
      throw e;
    } catch (IOException e) {
      throw new CertificateException(path + " cannot be read (" + e + ").", e);
    }
  }

  boolean sameAs(PemFile other) {
    return Arrays.equals(bytes, other.bytes);
  }

  private record Block(String label, byte[] content) {}

  private List<Block> blocks() throws CertificateException {
    var blocks = new ArrayList<Block>();
    var matcher = BLOCK.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
    try {
      while (matcher.find()) {
        var content = Base64.getMimeDecoder().decode(matcher.group(2));
        blocks.add(new Block(matcher.group(1), content));
      }
    } catch (IllegalArgumentException e) {
      throw new CertificateException(path + " is not PEM: its base64 is broken.", e);
    }
    return blocks;
  }

  /**
   * All certificates, at least one.
   *
   * @throws CertificateException there is none, or one cannot be understood
   */
  List<X509Certificate> certificates() throws CertificateException {
    var certificates = new ArrayList<X509Certificate>();
    try {
      var factory = CertificateFactory.getInstance("X.509");
      for (var block : blocks()) {
        if (block.label().equals("CERTIFICATE")) {
          var input = new ByteArrayInputStream(block.content());
          certificates.add((X509Certificate) factory.generateCertificate(input));
        }
      }
    } catch (GeneralSecurityException e) {
      throw new CertificateException(path + " has a certificate that is damaged.", e);
    }
    if (certificates.isEmpty()) {
      throw new CertificateException(path + " has no certificate in PEM.");
    }
    return certificates;
  }

  /**
   * The first private key.
   *
   * @throws CertificateException there is none, it is encrypted, or of a kind that TLS has no use
   *     for
   */
  PrivateKey key() throws CertificateException {
    for (var block : blocks()) {
      try {
        switch (block.label()) {
          case "PRIVATE KEY" -> {
            return PrivateKeys.ofPkcs8(block.content());
          }
          case "RSA PRIVATE KEY" -> {
            return PrivateKeys.ofPkcs1(block.content());
          }
          case "EC PRIVATE KEY" -> {
            return PrivateKeys.ofSec1(block.content());
          }
          case "ENCRYPTED PRIVATE KEY" ->
              throw new CertificateException(
                  "The key in " + path + " is encrypted; give one that is not.");
          default -> {
            // Parameters of a curve, certificates.
          }
        }
      } catch (GeneralSecurityException e) {
        throw new CertificateException(
            "The key in " + path + " is damaged, encrypted, or neither RSA nor EC.", e);
      }
    }
    throw new CertificateException(path + " has no private key in PEM.");
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
