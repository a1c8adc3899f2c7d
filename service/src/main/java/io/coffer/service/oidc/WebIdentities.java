package io.coffer.service.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import io.coffer.model.QueryException;
import io.coffer.model.sts.StsError;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.OidcProvider;
import io.coffer.service.identity.Stored;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the tokens of OIDC providers. Thread-safe; blocks while a provider is asked for its
 * keys. Source: OpenID Connect Core 1.0, 3.1.3.7; STS API Reference, AssumeRoleWithWebIdentity.
 */
public final class WebIdentities {
  private static final System.Logger LOG = System.getLogger(WebIdentities.class.getName());

  /** How far a provider's clock may differ from ours. */
  private static final Duration LEEWAY = Duration.ofSeconds(60);

  /** Of URLs of providers, as IAM has it. */
  private static final int MOST_ISSUER_CHARACTERS = 255;

  private final Entities entities;
  private final ProviderKeys keys;

  public WebIdentities(Entities entities, ProviderKeys keys) {
    this.entities = entities;
    this.keys = keys;
  }

  /**
   * Verifies a token.
   *
   * @param account id of the account that must have registered its issuer
   * @throws QueryException InvalidIdentityToken, ExpiredTokenException, IDPCommunicationError
   */
  public WebIdentity verify(String account, String text, Instant now) {
    var token = WebToken.parse(text);
    var provider =
        provider(account, token.issuer())
            .orElseThrow(
                () ->
                    StsError.INVALID_IDENTITY_TOKEN.exception(
                        "No OpenIDConnect provider found in your account for " + token.issuer()));
    verifySignature(token, provider);
    checkTimes(token.claims(), now);
    return Claims.identity(provider, token);
  }

  private Optional<OidcProvider> provider(String account, String issuer) {
    int scheme = issuer.indexOf("://");
    if (scheme < 0 || issuer.length() > MOST_ISSUER_CHARACTERS) {
      return Optional.empty();
    }
    var name = ProviderUrl.withoutSlash(issuer.substring(scheme + 3));
    for (var spelling : List.of(name, name + "/")) {
      var found =
          entities
              .find(Kind.OIDC_PROVIDER, account, spelling)
              .map(Stored::value)
              .filter(provider -> ProviderUrl.same(provider.url(), issuer));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void verifySignature(WebToken token, OidcProvider provider) {
    List<JWK> candidates;
    try {
      candidates = keys.find(provider, token.jwt().getHeader());
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "The keys of the identity provider %s cannot be had: %s"
              .formatted(provider.url(), e.getMessage()));
      throw StsError.IDP_COMMUNICATION_ERROR.exception(
          "Couldn't retrieve verification key from your identity provider,  please reference"
              + " AssumeRoleWithWebIdentity documentation for requirements");
    }
    if (candidates.isEmpty()) {
      throw StsError.INVALID_IDENTITY_TOKEN.exception(
          "Couldn't retrieve verification key from your identity provider,  please reference"
              + " AssumeRoleWithWebIdentity documentation for requirements");
    }
    for (var key : candidates) {
      if (isSignedWith(token, key)) {
        return;
      }
    }
    throw StsError.INVALID_IDENTITY_TOKEN.exception(
        "The signature of the ID Token provided is not valid");
  }

  private static boolean isSignedWith(WebToken token, JWK key) {
    try {
      var verifier = PublicKeys.verifier(key);
      return verifier.isPresent() && token.jwt().verify(verifier.get());
    } catch (JOSEException e) {
      LOG.log(Level.DEBUG, () -> "A key of a provider cannot be used: " + e.getMessage());
      return false;
    }
  }

  private static void checkTimes(JWTClaimsSet claims, Instant now) {
    var expiry = instant(claims.getExpirationTime());
    if (expiry == null) {
      throw StsError.INVALID_IDENTITY_TOKEN.exception("Missing a required claim: exp");
    }
    if (!now.isBefore(expiry.plus(LEEWAY))) {
      throw StsError.EXPIRED_TOKEN_EXCEPTION.exception(
          "Token expired: current date/time %d must be before the expiration date/time %d"
              .formatted(now.getEpochSecond(), expiry.getEpochSecond()));
    }
    for (var start : new Date[] {claims.getNotBeforeTime(), claims.getIssueTime()}) {
      var from = instant(start);
      if (from != null && now.isBefore(from.minus(LEEWAY))) {
        throw StsError.INVALID_IDENTITY_TOKEN.exception(
            "Token not yet valid: current date/time %d must be after the date/time %d"
                .formatted(now.getEpochSecond(), from.getEpochSecond()));
      }
    }
  }

  private static @Nullable Instant instant(@Nullable Date date) {
    return date == null ? null : date.toInstant();
  }
}
