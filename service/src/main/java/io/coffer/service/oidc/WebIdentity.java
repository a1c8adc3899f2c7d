package io.coffer.service.oidc;

import io.coffer.model.sts.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom an OIDC provider vouches: what a verified token says. Immutable.
 *
 * @param providerArn of the provider as the role's account has registered it
 * @param issuer the token's iss
 * @param subject its sub
 * @param audience that is among the client ids of the provider
 * @param conditionValues condition keys for the trust policy, such as {@code id.example.com:sub}
 * @param lasting those among them that stay with the session, in lower case
 * @param tags of the session, which the token brings in the claim {@code
 *     https://aws.amazon.com/tags}
 * @param transitiveTags keys of those that are handed down
 * @param sourceIdentity of the session, from the claim {@code
 *     https://aws.amazon.com/source_identity}; null for none
 */
public record WebIdentity(
    String providerArn,
    String issuer,
    String subject,
    String audience,
    Map<String, List<String>> conditionValues,
    Map<String, List<String>> lasting,
    List<Tag> tags,
    List<String> transitiveTags,
    @Nullable String sourceIdentity) {
  public WebIdentity {
    conditionValues = Map.copyOf(conditionValues);
    lasting = Map.copyOf(lasting);
    tags = List.copyOf(tags);
    transitiveTags = List.copyOf(transitiveTags);
  }
}
