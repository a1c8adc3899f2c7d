package io.coffer.service.sts;

import io.coffer.auth.Account;
import io.coffer.auth.Session;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.service.Accounts;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Judge;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Permits;
import io.coffer.service.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A role that somebody wants to assume, with its account.
 *
 * @param account that owns it
 */
record AssumableRole(Account account, Role role) {
  private static final int HOUR = 3_600;

  /** The role with exactly that ARN; empty if there is none. */
  static Optional<AssumableRole> find(RoleArn arn, Accounts accounts, Entities entities) {
    var account = accounts.lookup(arn.account());
    return account.flatMap(
        owner ->
            entities
                .find(Kind.ROLE, arn.account(), arn.name())
                .filter(found -> found.value().arn().equals(arn.text()))
                .map(found -> new AssumableRole(owner, found.value())));
  }

  /**
   * What must be allowed besides assuming it.
   *
   * @param action the operation itself
   */
  static List<String> actions(String action, SessionTags tags, @Nullable String sourceIdentity) {
    var actions = new ArrayList<String>();
    actions.add(action);
    if (!tags.all().isEmpty()) {
      actions.add("sts:TagSession");
    }
    if (sourceIdentity != null) {
      actions.add("sts:SetSourceIdentity");
    }
    return actions;
  }

  /**
   * The condition keys of a request to assume a role. Source: Service Authorization Reference,
   * "Actions, resources, and condition keys for AWS Security Token Service".
   */
  ConditionValues.Builder values(
      Context context,
      @Nullable String sessionName,
      SessionTags tags,
      @Nullable String sourceIdentity) {
    return requested(context, tags)
        .put("sts:RoleSessionName", sessionName)
        .put("sts:SourceIdentity", sourceIdentity)
        .put("aws:ResourceAccount", account.id())
        .family("aws:ResourceTag/", key -> tag(role.tags(), key))
        .family("iam:ResourceTag/", key -> tag(role.tags(), key));
  }

  /**
   * Decides about one of {@link #actions}, by the trust policy and the caller's own.
   *
   * @return empty when the caller's user or role is no more
   */
  Optional<Decision> decide(
      Judge judge,
      Permits permits,
      Context context,
      String action,
      ConditionValues.Builder values) {
    var trust = permits.trust(role);
    return judge.decide(context, action, role.arn(), values.build(), trust, account.id());
  }

  /** The condition keys of a request to make a session with tags. */
  static ConditionValues.Builder requested(Context context, SessionTags tags) {
    return context
        .circumstances()
        .values()
        .put("aws:TagKeys", List.copyOf(tags.requested().keySet()))
        .put("sts:TransitiveTagKeys", List.copyOf(tags.transitive()))
        .family("aws:RequestTag/", key -> tag(tags.requested(), key));
  }

  private static List<String> tag(Map<String, String> tags, String lowerKey) {
    for (var tag : tags.entrySet()) {
      if (tag.getKey().toLowerCase(Locale.ROOT).equals(lowerKey)) {
        return List.of(tag.getValue());
      }
    }
    return List.of();
  }

  /** Who speaks in a session of it. */
  Session.OfRole session(String sessionName) {
    return new Session.OfRole(role.path(), role.name(), role.id(), sessionName);
  }

  /**
   * How long a session of it is to last.
   *
   * @param wanted seconds; null for an hour
   * @param chained whether it is assumed in a session, which makes it last an hour at most
   * @throws QueryException ValidationError
   */
  int seconds(@Nullable Integer wanted, boolean chained) {
    int seconds = wanted == null ? HOUR : wanted;
    if (chained && seconds > HOUR) {
      throw CommonError.VALIDATION_ERROR.exception(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by"
              + " role chaining.");
    }
    if (seconds > role.maxSessionSeconds()) {
      throw CommonError.VALIDATION_ERROR.exception(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    return seconds;
  }
}
