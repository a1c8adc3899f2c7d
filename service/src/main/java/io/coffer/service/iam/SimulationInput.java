package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.Account;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.ContextKeys;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.Policy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.auth.policy.PolicySet;
import io.coffer.auth.policy.PolicySource;
import io.coffer.auth.policy.Principal;
import io.coffer.model.QueryException;
import io.coffer.model.iam.ContextEntry;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.PolicySourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Puts together what a simulation is made of. For one request. */
final class SimulationInput {
  private final Map<String, Simulation.Located> sources = new HashMap<>();
  private final List<NamedPolicy> identity = new ArrayList<>();
  private final List<Policy> policies = new ArrayList<>();
  private final ConditionValues.Builder values = ConditionValues.builder();
  private final Set<String> given = new HashSet<>();
  private @Nullable NamedPolicy boundary;
  private @Nullable NamedPolicy resource;

  /** Policies of the caller, from its account. */
  void identity(List<PolicySources.Source> policies) {
    policies.forEach(source -> identity.add(read(source, PolicyKind.IDENTITY)));
  }

  /** Policies of the caller, from the request; null is none. */
  void inputs(@Nullable List<String> documents) {
    identity(numbered("PolicyInputList", documents));
  }

  /** The boundary of the caller. */
  void boundary(PolicySources.Source source) {
    boundary = read(source, PolicyKind.BOUNDARY);
  }

  /** The boundary of the caller, from the request, if it has one. */
  void boundary(@Nullable List<String> documents) {
    var all = numbered("PermissionsBoundaryPolicyInputList", documents);
    if (all.size() > 1) {
      throw IamError.INVALID_INPUT.exception(
          "Only one permissions boundary can be given, as a caller has no more than one.");
    }
    all.forEach(this::boundary);
  }

  /** The policy of the resource; null for none. */
  void resource(@Nullable String document) {
    if (document != null) {
      var source = new PolicySources.Source("ResourcePolicy", PolicySourceType.RESOURCE, document);
      resource = read(source, PolicyKind.RESOURCE);
    }
  }

  /** The condition keys of the requests; null is none. */
  void context(@Nullable List<ContextEntry> entries) {
    for (var entry : requireNonNullElse(entries, List.<ContextEntry>of())) {
      var key = entry.contextKeyName();
      var all = requireNonNullElse(entry.contextKeyValues(), List.<String>of());
      if (key == null) {
        throw IamError.INVALID_INPUT.exception("A context entry has no ContextKeyName.");
      }
      var type = entry.contextKeyType();
      if (type != null && !type.wire().endsWith("List") && all.size() > 1) {
        throw IamError.INVALID_INPUT.exception(
            "The context key " + key + " is of the type " + type.wire() + ", which has one value.");
      }
      if (!given.add(key.toLowerCase(Locale.ROOT))) {
        throw IamError.INVALID_INPUT.exception("The context key " + key + " is there twice.");
      }
      values.put(key, all);
    }
  }

  private static List<PolicySources.Source> numbered(
      String parameter, @Nullable List<String> documents) {
    var numbered = new ArrayList<PolicySources.Source>();
    for (var document : requireNonNullElse(documents, List.<String>of())) {
      var id = parameter + "." + (numbered.size() + 1);
      numbered.add(new PolicySources.Source(id, PolicySourceType.NONE, document));
    }
    return numbered;
  }

  private NamedPolicy read(PolicySources.Source source, PolicyKind kind) {
    var name = kind + " " + source.id() + " " + sources.size();
    try {
      var policy = PolicyReader.read(source.document(), kind);
      var places = PolicySource.statements(source.document());
      sources.put(name, new Simulation.Located(source, places));
      policies.add(policy);
      return new NamedPolicy(name, policy);
    } catch (MalformedPolicyException e) {
      throw IamError.INVALID_INPUT.exception(
          "The policy " + source.id() + " is not valid: " + e.text());
    }
  }

  /**
   * The simulation.
   *
   * @param caller null for somebody of whom nothing is known
   * @param ownAccount of who simulates
   * @param resourceOwner id or ARN of the account that owns the resources; null for the caller's
   * @throws QueryException InvalidInput: a resource's policy must know who asks
   */
  Simulation simulation(
      @Nullable Principal caller, Account ownAccount, @Nullable String resourceOwner) {
    if (resource != null && caller == null) {
      throw IamError.INVALID_INPUT.exception(
          "CallerArn must be given when ResourcePolicy is: it says to whom it allows what.");
    }
    var asks =
        caller == null ? new Principal.User(ownAccount, "/", "anyone", "", Map.of()) : caller;
    var owner =
        resourceOwner == null ? requireNonNull(asks.account()).id() : account(resourceOwner);
    return new Simulation(
        asks,
        caller == null,
        new PolicySet(identity, boundary, List.of(), resource, owner),
        Map.copyOf(sources),
        values.build(),
        asked());
  }

  private Set<String> asked() {
    var asked = ContextKeys.of(policies);
    asked.removeIf(key -> given.contains(key.toLowerCase(Locale.ROOT)));
    return asked;
  }

  private static String account(String owner) {
    var parts = owner.split(":", 6);
    return parts.length == 6 ? parts[4] : owner;
  }
}
