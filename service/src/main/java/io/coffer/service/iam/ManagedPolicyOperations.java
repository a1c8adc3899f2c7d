package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.policy.PolicyKind;
import io.coffer.model.QueryException;
import io.coffer.model.iam.CreatePolicyRequest;
import io.coffer.model.iam.CreatePolicyResponse;
import io.coffer.model.iam.DeletePolicyRequest;
import io.coffer.model.iam.DeletePolicyResponse;
import io.coffer.model.iam.GetPolicyRequest;
import io.coffer.model.iam.GetPolicyResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.Policy;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.ManagedPolicy;
import io.coffer.service.identity.UniqueIds;
import java.time.InstantSource;
import java.util.List;

/** CreatePolicy, GetPolicy and DeletePolicy. */
final class ManagedPolicyOperations {
  private final Entities entities;
  private final Access access;
  private final PolicyGate gate;
  private final InstantSource clock;
  private final UniqueIds ids = new UniqueIds();

  ManagedPolicyOperations(Subjects s, PolicyGate gate) {
    this.entities = s.entities();
    this.access = s.access();
    this.gate = gate;
    this.clock = s.environment().clock();
  }

  CreatePolicyResponse create(CreatePolicyRequest request, Context context) {
    var account = OwnAccount.id(context);
    var now = clock.instant();
    var document = requireNonNull(request.policyDocument());
    var tags = TagEdits.of(request.tags());
    var policy =
        new ManagedPolicy(
            account,
            requireNonNullElse(request.path(), "/"),
            requireNonNull(request.policyName()),
            ids.policy(),
            request.description(),
            now,
            now,
            List.of(new ManagedPolicy.Version(1, PolicyTexts.stored(document), now)),
            1,
            2,
            0,
            0,
            tags);
    var values = context.circumstances().values();
    IamValues.requested(values, tags);
    access.require(context, "iam:CreatePolicy", policy.arn(), values);
    if (!tags.isEmpty()) {
      access.require(context, "iam:TagPolicy", policy.arn(), values);
    }
    check(document);
    entities.edit(
        edit -> {
          if (entities.find(Kind.POLICY, account, policy.name()).isPresent()) {
            throw IamError.ENTITY_ALREADY_EXISTS.exception(
                "A policy called "
                    + policy.name()
                    + " already exists. Duplicate names are not allowed.");
          }
          edit.create(Kind.POLICY, policy);
          return policy;
        });
    return CreatePolicyResponse.builder()
        .policy(
            PolicyAnswers.policy(policy).tags(tags.isEmpty() ? null : TagEdits.list(tags)).build())
        .build();
  }

  /**
   * Holds the document of a managed policy against language and quota.
   *
   * @throws QueryException MalformedPolicyDocument, LimitExceeded
   */
  static void check(String document) {
    PolicyTexts.check(document, PolicyKind.IDENTITY);
    if (PolicyTexts.size(document) > PolicyTexts.MANAGED) {
      throw IamError.LIMIT_EXCEEDED.exception(
          "Cannot exceed quota for PolicySize: " + PolicyTexts.MANAGED);
    }
  }

  GetPolicyResponse get(GetPolicyRequest request, Context context) {
    var policy = gate.read(context, "iam:GetPolicy", request.policyArn());
    var answer =
        policy == null
            ? ofAws(requireNonNull(request.policyArn()), context)
            : PolicyAnswers.policy(policy)
                .description(policy.description())
                .tags(TagEdits.list(policy.tags()))
                .build();
    return GetPolicyResponse.builder().policy(answer).build();
  }

  private Policy ofAws(String arn, Context context) {
    var policy = AwsPolicy.find(arn).orElseThrow();
    var uses = PolicyUses.in(entities, OwnAccount.id(context)).of(policy);
    return PolicyAnswers.policy(policy, uses).description(policy.description()).build();
  }

  DeletePolicyResponse delete(DeletePolicyRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:DeletePolicy", request.policyArn());
          var policy = found.value();
          if (policy.attachments() > 0 || policy.boundaries() > 0) {
            throw IamError.DELETE_CONFLICT.exception(
                "Cannot delete a policy attached to entities.");
          }
          if (policy.versions().size() > 1) {
            throw IamError.DELETE_CONFLICT.exception(
                "This policy has more than one version. Before you delete a policy, you must"
                    + " delete the policy's versions. The default version is deleted with the"
                    + " policy.");
          }
          edit.delete(found);
          return DeletePolicyResponse.builder().build();
        });
  }
}
