package io.coffer.service.iam;

import io.coffer.auth.Account;
import io.coffer.auth.policy.Decision;
import io.coffer.model.iam.Operation;
import io.coffer.service.Context;
import io.coffer.service.explain.WrongQuestion;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Judge;
import io.coffer.service.identity.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides questions about IAM as its operations ask {@link io.coffer.service.identity.Access}.
 * Thread-safe.
 */
public final class IamQuestions {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:iam::([0-9]{12}):(user|group|role|policy|oidc-provider)/(?:(.*)/)?([^/]+)");

  private final Entities entities;

  public IamQuestions(Entities entities) {
    this.entities = entities;
  }

  /**
   * Decides.
   *
   * @param account of the caller
   * @return empty when the caller's user or role is no more
   * @throws WrongQuestion no request is like that
   */
  public Optional<Decision> decide(
      Judge judge, Context context, Account account, String action, String resource) {
    checkAction(action);
    var values = Answers.values(context);
    if (!resource.equals("*")) {
      IamValues.existing(values, tags(account, resource));
    }
    return judge.decide(context, action, resource, values.build(), null, account.id());
  }

  private static void checkAction(String action) {
    var name = action.substring(action.indexOf(':') + 1);
    if (Arrays.stream(Operation.values()).noneMatch(o -> o.modelName().equalsIgnoreCase(name))) {
      throw new WrongQuestion(
          ("IAM has no operation that asks for %s; actions are called as its operations, such"
                  + " as iam:GetUser.")
              .formatted(action));
    }
  }

  /** Those of what is there; what a request would make has none yet. */
  private Map<String, String> tags(Account account, String resource) {
    var arn = ARN.matcher(resource);
    if (!arn.matches()) {
      throw new WrongQuestion(
          ("'%s' is no ARN of IAM: these are such as arn:aws:iam::%s:user/NAME; the resource"
                  + " of actions that are of nothing in particular is *.")
              .formatted(resource, account.id()));
    }
    if (!arn.group(1).equals(account.id())) {
      throw new WrongQuestion(
          "IAM works in the caller's own account, %s; %s is of another."
              .formatted(account.id(), resource));
    }
    var name = arn.group(4);
    return switch (arn.group(2)) {
      case "user" ->
          entities.find(Kind.USER, account.id(), name).map(u -> u.value().tags()).orElse(Map.of());
      case "role" ->
          entities.find(Kind.ROLE, account.id(), name).map(r -> r.value().tags()).orElse(Map.of());
      case "policy" ->
          entities
              .find(Kind.POLICY, account.id(), name)
              .map(p -> p.value().tags())
              .orElse(Map.of());
      case "oidc-provider" ->
          entities
              .find(Kind.OIDC_PROVIDER, account.id(), provider(resource))
              .map(p -> p.value().tags())
              .orElse(Map.of());
      default -> Map.of();
    };
  }

  private static String provider(String arn) {
    return arn.substring(arn.indexOf(":oidc-provider/") + ":oidc-provider/".length());
  }
}
