package io.coffer.service.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import io.coffer.model.sts.StsError;
import io.coffer.model.sts.Tag;
import io.coffer.service.identity.OidcProvider;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token whose signature is good mean to STS. Source: IAM User Guide, "IAM and
 * AWS STS condition context keys", "Available keys for AWS OIDC federation", and "Pass session tags
 * in AWS STS".
 */
final class Claims {
  private static final String TAGS = "https://aws.amazon.com/tags";
  private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";

  /** Source: OpenID Connect Core 1.0, 2. */
  private static final int MOST_SUBJECT_CHARACTERS = 255;

  /** So many are given to policies, and so long. */
  private static final int MOST = 50;

  private static final int MOST_CHARACTERS = 1_024;

  private final OidcProvider provider;
  private final JWTClaimsSet claims;

  private Claims(OidcProvider provider, JWTClaimsSet claims) {
    this.provider = provider;
    this.claims = claims;
  }

  /**
   * Who it is.
   *
   * @throws io.coffer.model.QueryException InvalidIdentityToken
   */
  static WebIdentity identity(OidcProvider provider, WebToken token) {
    return new Claims(provider, token.claims()).identity(token.issuer());
  }

  private WebIdentity identity(String issuer) {
    try {
      var subject = subject();
      var values = values();
      var lasting = new HashMap<String, List<String>>();
      for (var claim : List.of("aud", "sub", "amr")) {
        var of = values.get(key(claim));
        if (of != null) {
          lasting.put(key(claim).toLowerCase(Locale.ROOT), of);
        }
      }
      var transitive = new ArrayList<String>();
      var tags = tags(transitive);
      return new WebIdentity(
          provider.arn(),
          issuer,
          subject,
          audience(),
          values,
          lasting,
          tags,
          transitive,
          sourceIdentity());
    } catch (ParseException e) {
      throw WebToken.malformed();
    }
  }

  private String subject() {
    var subject = WebToken.required("sub", claims.getSubject());
    if (subject.length() > MOST_SUBJECT_CHARACTERS) {
      throw StsError.INVALID_IDENTITY_TOKEN.exception("The claim sub is too long");
    }
    return subject;
  }

  private @Nullable String sourceIdentity() throws ParseException {
    var wanted = claims.getStringClaim(SOURCE_IDENTITY);
    if (wanted != null && !SessionTagText.isSourceIdentity(wanted)) {
      throw StsError.IDP_REJECTED_CLAIM.exception(
          "The source identity of the ID Token is not valid");
    }
    return wanted;
  }

  private String key(String claim) {
    return ProviderUrl.withoutSlash(provider.name()) + ":" + claim;
  }

  /** What the client ids of the provider are held against: azp where there is one, else aud. */
  private List<String> audiences() throws ParseException {
    var azp = claims.getStringClaim("azp");
    return azp == null ? claims.getAudience() : List.of(azp);
  }

  private String audience() throws ParseException {
    for (var audience : audiences()) {
      if (provider.clientIds().contains(audience)) {
        return audience;
      }
    }
    throw StsError.INVALID_IDENTITY_TOKEN.exception("Incorrect token audience");
  }

  /** All claims that are text, by their condition keys. */
  private Map<String, List<String>> values() throws ParseException {
    var values = new HashMap<String, List<String>>();
    for (var claim : claims.getClaims().entrySet()) {
      var texts = texts(claim.getValue());
      if (!texts.isEmpty() && values.size() < MOST) {
        values.put(key(claim.getKey()), texts);
      }
    }
    put(values, "sub", texts(claims.getSubject()));
    put(values, "aud", audiences());
    put(values, "oaud", claims.getAudience());
    return values;
  }

  private void put(Map<String, List<String>> values, String claim, List<String> texts) {
    if (!texts.isEmpty()) {
      values.put(key(claim), texts);
    }
  }

  private static List<String> texts(@Nullable Object value) {
    var texts = new ArrayList<String>();
    for (var one :
        value instanceof List<?> list ? list : value == null ? List.of() : List.of(value)) {
      if (!(one instanceof String text)
          || text.length() > MOST_CHARACTERS
          || texts.size() == MOST) {
        return List.of();
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * The tags that the token brings: each key has a list of one value.
   *
   * @param transitive gets the keys of those that are handed down
   */
  private List<Tag> tags(List<String> transitive) throws ParseException {
    var claim = claims.getJSONObjectClaim(TAGS);
    if (claim == null) {
      return List.of();
    }
    transitive.addAll(texts(claim.get("transitive_tag_keys")));
    var tags = new ArrayList<Tag>();
    if (claim.get("principal_tags") instanceof Map<?, ?> principal) {
      for (var tag : principal.entrySet()) {
        var values = tag.getValue() instanceof List<?> list ? texts(list) : List.<String>of();
        if (values.size() != 1 || !SessionTagText.isGood(tag.getKey(), values.getFirst())) {
          throw StsError.IDP_REJECTED_CLAIM.exception(
              "The principal tags of the ID Token are not valid");
        }
        tags.add(Tag.builder().key(String.valueOf(tag.getKey())).value(values.getFirst()).build());
      }
    }
    return tags;
  }
}
