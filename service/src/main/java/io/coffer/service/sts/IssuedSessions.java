package io.coffer.service.sts;

import io.coffer.auth.Account;
import io.coffer.auth.Session;
import io.coffer.model.sts.Credentials;
import io.coffer.service.identity.UniqueIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands out the credentials of new sessions. Thread-safe. */
final class IssuedSessions {
  private final SessionTokens tokens;
  private final UniqueIds ids = new UniqueIds();

  IssuedSessions(SessionTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What a session is to be.
   *
   * @param seconds how long
   * @param provider the ARN of an OIDC provider that vouched for it; null for none
   * @param claims condition keys of a web identity that stay with it
   */
  record Wanted(
      Account account,
      Session.Identity identity,
      int seconds,
      SessionPolicies policies,
      SessionTags tags,
      @Nullable String sourceIdentity,
      @Nullable String provider,
      Map<String, List<String>> claims) {
    /** Of no web identity. */
    Wanted(
        Account account,
        Session.Identity identity,
        int seconds,
        SessionPolicies policies,
        SessionTags tags,
        @Nullable String sourceIdentity) {
      this(account, identity, seconds, policies, tags, sourceIdentity, null, Map.of());
    }
  }

  /** A session and what the client gets. */
  record Issued(Session session, Credentials credentials) {}

  /** Makes a session that begins now. */
  Issued issue(Wanted wanted, Instant now) {
    var issued = now.truncatedTo(ChronoUnit.SECONDS);
    var session =
        new Session(
            ids.sessionKey(),
            wanted.account(),
            wanted.identity(),
            issued,
            issued.plusSeconds(wanted.seconds()),
            wanted.policies().inline(),
            wanted.policies().arns(),
            wanted.tags().all(),
            wanted.tags().transitive(),
            wanted.sourceIdentity(),
            wanted.provider(),
            wanted.claims());
    var secret = ids.secret();
    var credentials =
        Credentials.builder()
            .accessKeyId(session.accessKeyId())
            .secretAccessKey(secret)
            .sessionToken(tokens.seal(session, secret))
            .expiration(session.expires())
            .build();
    return new Issued(session, credentials);
  }
}
