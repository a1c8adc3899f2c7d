package io.coffer.auth;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the token of a session says: who it is for, until when, and what it may do at most. Source:
 * AWS STS API Reference. Immutable.
 *
 * @param accessKeyId such as ASIA…
 * @param account of the user or role
 * @param identity who speaks
 * @param issued when it was made
 * @param expires from when on it is refused
 * @param policies session policies, JSON as they were handed over
 * @param policyArns ARNs of the managed policies that were handed over as session policies
 * @param tags of the session; those that were passed and those that earlier roles handed down
 * @param transitiveTags which of them are handed down to the next role
 * @param sourceIdentity as it was set at the first session of a chain; null for none
 * @param provider what vouched for a web identity: the ARN of an OIDC provider; null for none
 * @param claims condition keys of a web identity that stay with the session, such as {@code
 *     id.example.com:sub}, and their values
 */
public record Session(
    String accessKeyId,
    Account account,
    Identity identity,
    Instant issued,
    Instant expires,
    List<String> policies,
    List<String> policyArns,
    Map<String, String> tags,
    Set<String> transitiveTags,
    @Nullable String sourceIdentity,
    @Nullable String provider,
    Map<String, List<String>> claims) {
  public Session {
    policies = List.copyOf(policies);
    policyArns = List.copyOf(policyArns);
    tags = Map.copyOf(tags);
    transitiveTags = Set.copyOf(transitiveTags);
    claims = Map.copyOf(claims);
  }

  /** Of no web identity. */
  public Session(
      String accessKeyId,
      Account account,
      Identity identity,
      Instant issued,
      Instant expires,
      List<String> policies,
      List<String> policyArns,
      Map<String, String> tags,
      Set<String> transitiveTags,
      @Nullable String sourceIdentity,
      @Nullable String provider) {
    this(
        accessKeyId,
        account,
        identity,
        issued,
        expires,
        policies,
        policyArns,
        tags,
        transitiveTags,
        sourceIdentity,
        provider,
        Map.of());
  }

  /** Who speaks in a session. */
  public sealed interface Identity {}

  /** Root, by GetSessionToken. */
  public record OfRoot() implements Identity {}

  /** A user, by GetSessionToken. */
  public record OfUser(String path, String name, String id) implements Identity {}

  /** A role, by AssumeRole or AssumeRoleWithWebIdentity. */
  public record OfRole(String path, String name, String id, String sessionName)
      implements Identity {}

  /**
   * Whom a user or root vouched for, by GetFederationToken.
   *
   * @param name of the session
   * @param issuer the user; null for root
   */
  public record Federated(String name, @Nullable OfUser issuer) implements Identity {}

  /** Its name for policies and logs. */
  public String arn() {
    return switch (identity) {
      case OfRoot root -> Arns.root(account.id());
      case OfUser user -> Arns.user(account.id(), user.path(), user.name());
      case OfRole role -> Arns.assumedRole(account.id(), role.name(), role.sessionName());
      case Federated federated -> Arns.federatedUser(account.id(), federated.name());
    };
  }
}
