package io.coffer.service.oidc;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.coffer.model.QueryException;
import io.coffer.model.sts.StsError;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as a client sent it: read, and not yet verified. Source: RFC 7515, RFC 7519.
 *
 * @param issuer its iss
 */
record WebToken(SignedJWT jwt, JWTClaimsSet claims, String issuer) {
  /**
   * Signatures by keys of which the provider alone has the private half; never none, never HMAC.
   */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final int MOST_CHARACTERS = 20_000;

  /**
   * Reads a token.
   *
   * @throws QueryException InvalidIdentityToken
   */
  static WebToken parse(String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw malformed();
    }
    try {
      var jwt = SignedJWT.parse(text);
      if (!ALGORITHMS.contains(jwt.getHeader().getAlgorithm())) {
        throw StsError.INVALID_IDENTITY_TOKEN.exception(
            "The signature algorithm of the ID Token is not supported");
      }
      var claims = jwt.getJWTClaimsSet();
      return new WebToken(jwt, claims, required("iss", claims.getIssuer()));
    } catch (ParseException | IllegalArgumentException e) {
      throw malformed();
    }
  }

  /** The value of a claim that must be there. */
  static String required(String claim, @Nullable String value) {
    if (value == null || value.isEmpty()) {
      throw StsError.INVALID_IDENTITY_TOKEN.exception("Missing a required claim: " + claim);
    }
    return value;
  }

  /** InvalidIdentityToken for what is none. */
  static QueryException malformed() {
    return StsError.INVALID_IDENTITY_TOKEN.exception(
        "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access"
            + " Token)");
  }
}
