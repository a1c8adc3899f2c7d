package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.Account;
import io.coffer.auth.policy.Principal;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.EvaluationResult;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.SimulateCustomPolicyRequest;
import io.coffer.model.iam.SimulatePolicyResponse;
import io.coffer.model.iam.SimulatePrincipalPolicyRequest;
import io.coffer.service.Accounts;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** SimulateCustomPolicy and SimulatePrincipalPolicy. */
final class Simulations {
  private static final Pattern ACTION = Pattern.compile("[A-Za-z0-9-]+:[A-Za-z0-9]+");

  private static final Pattern USER =
      Pattern.compile("arn:aws:iam::([0-9]{12}):user(/(?:.*/)?)([^/]+)");

  /** Statements and keys of one page: policies have many, and an answer is not without bound. */
  private static final int MOST_OF_A_PAGE = 10_000;

  private final Access access;
  private final Accounts accounts;
  private final PolicySources sources;

  Simulations(Subjects s, PolicySources sources) {
    this.access = s.access();
    this.accounts = s.accounts();
    this.sources = sources;
  }

  SimulatePolicyResponse custom(SimulateCustomPolicyRequest request, Context context) {
    access.require(context, "iam:SimulateCustomPolicy", "*", context.circumstances().values());
    refuse("OrderedOrganizationPolicyInputList", request.orderedOrganizationPolicyInputList());
    var input = new SimulationInput();
    input.inputs(request.policyInputList());
    input.boundary(request.permissionsBoundaryPolicyInputList());
    input.resource(request.resourcePolicy());
    input.context(request.contextEntries());
    var own = OwnAccount.of(context);
    var caller = request.callerArn() == null ? null : caller(request.callerArn(), own);
    return page(
        input.simulation(caller, own, request.resourceOwner()),
        requireNonNull(request.actionNames()),
        request.resourceArns(),
        request.marker(),
        request.maxItems());
  }

  SimulatePolicyResponse principal(SimulatePrincipalPolicyRequest request, Context context) {
    var entity = sources.open(context, "iam:SimulatePrincipalPolicy", request.policySourceArn());
    refuse("PolicyExclusionList", request.policyExclusionList());
    var own = OwnAccount.of(context);
    var input = new SimulationInput();
    input.identity(sources.of(entity));
    input.inputs(request.policyInputList());
    var boundary = boundary(entity);
    var boundaries = request.permissionsBoundaryPolicyInputList();
    if (boundaries != null && !boundaries.isEmpty()) {
      input.boundary(boundaries);
    } else if (boundary != null) {
      input.boundary(
          sources.managed(own.id(), boundary).orElseThrow(() -> PolicyGate.missing(boundary)));
    }
    input.resource(request.resourcePolicy());
    input.context(request.contextEntries());
    var caller =
        request.callerArn() == null ? principal(entity, own) : caller(request.callerArn(), own);
    return page(
        input.simulation(caller, own, request.resourceOwner()),
        requireNonNull(request.actionNames()),
        request.resourceArns(),
        request.marker(),
        request.maxItems());
  }

  private static void refuse(String parameter, @Nullable List<?> values) {
    if (values != null && !values.isEmpty()) {
      throw CommonError.NOT_IMPLEMENTED.exception(parameter + " is not implemented.");
    }
  }

  private static @Nullable String boundary(Entity entity) {
    return switch (entity) {
      case User user -> user.boundary();
      case Role role -> role.boundary();
      default -> null;
    };
  }

  /** A group has no requests of its own. */
  private static @Nullable Principal principal(Entity entity, Account account) {
    return switch (entity) {
      case User user -> principal(user, account);
      case Role role ->
          new Principal.AssumedRole(
              account, role.path(), role.name(), role.id(), "simulated", role.tags(), null);
      default -> null;
    };
  }

  private static Principal principal(User user, Account account) {
    return new Principal.User(account, user.path(), user.name(), user.id(), user.tags());
  }

  /**
   * The user who would ask; one who is not here is somebody with no more than a name.
   *
   * @throws QueryException InvalidInput: it is no user's ARN
   */
  private Principal caller(String arn, Account own) {
    var parts = USER.matcher(arn);
    if (!parts.matches()) {
      throw IamError.INVALID_INPUT.exception("CallerArn must be the ARN of a user: " + arn);
    }
    var id = parts.group(1);
    var account =
        id.equals(own.id())
            ? own
            : accounts.lookup(id).orElseGet(() -> new Account(id, id, id, "", id));
    // Of other accounts nothing is told but what the caller has said itself.
    var known = id.equals(own.id()) ? sources.user(arn).orElse(null) : null;
    return known == null
        ? new Principal.User(account, parts.group(2), parts.group(3), "", Map.of())
        : principal(known, account);
  }

  /** All actions with all resources: only those of the page are looked at. */
  private static SimulatePolicyResponse page(
      Simulation simulation,
      List<String> actions,
      @Nullable List<String> resourceArns,
      @Nullable String marker,
      @Nullable Integer maxItems) {
    var resources = resourceArns == null || resourceArns.isEmpty() ? List.of("*") : resourceArns;
    actions.forEach(Simulations::checkAction);
    resources.forEach(Simulations::checkResource);
    int all = Math.multiplyExact(actions.size(), resources.size());
    int end = (int) Math.min(all, number(marker) + (long) requireNonNullElse(maxItems, 100));
    var results = new ArrayList<EvaluationResult>();
    int size = 0;
    int next = number(marker);
    while (next < end && size < MOST_OF_A_PAGE) {
      var action = actions.get(next / resources.size());
      var result = simulation.result(action, resources.get(next % resources.size()));
      results.add(result);
      size += requireNonNull(result.matchedStatements()).size();
      size += requireNonNull(result.missingContextValues()).size();
      next++;
    }
    return SimulatePolicyResponse.builder()
        .evaluationResults(results)
        .isTruncated(next < all)
        .marker(next < all ? Paging.marker(Integer.toString(next)) : null)
        .build();
  }

  /** How many results earlier pages had. */
  private static int number(@Nullable String marker) {
    var digits = requireNonNullElse(Paging.position(marker), "0");
    if (!digits.matches("[0-9]{1,9}")) {
      throw CommonError.VALIDATION_ERROR.exception("Invalid Marker.");
    }
    return Integer.parseInt(digits);
  }

  private static void checkAction(String action) {
    if (!ACTION.matcher(action).matches()) {
      throw IamError.INVALID_INPUT.exception(
          "Invalid Action: " + action + " must be a service, a colon and the name of an action.");
    }
  }

  private static void checkResource(String resource) {
    if (!resource.equals("*") && !resource.startsWith("arn:")) {
      throw IamError.INVALID_INPUT.exception("Invalid Resource: " + resource + " is no ARN.");
    }
  }
}
