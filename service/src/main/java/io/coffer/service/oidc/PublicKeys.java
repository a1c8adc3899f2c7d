package io.coffer.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.Optional;

/** The keys of providers that signatures are verified with. */
final class PublicKeys {
  /** Source: RFC 7518, 3.3: shorter ones must not be used. */
  private static final int LEAST_RSA_BITS = 2_048;

  /** Longer ones cost more than anybody may ask for unsigned. */
  private static final int MOST_RSA_BITS = 8_192;

  private PublicKeys() {}

  /** Verifies with a key; empty if it is of no kind that is accepted. */
  static Optional<JWSVerifier> verifier(JWK key) throws JOSEException {
    return switch (key) {
      case RSAKey rsa -> {
        var publicKey = rsa.toRSAPublicKey();
        int bits = publicKey.getModulus().bitLength();
        boolean isGood = bits >= LEAST_RSA_BITS && bits <= MOST_RSA_BITS;
        yield isGood ? Optional.of(new RSASSAVerifier(publicKey)) : Optional.empty();
      }
      case ECKey ec -> Optional.of(new ECDSAVerifier(ec.toECPublicKey()));
      default -> Optional.empty();
    };
  }
}
