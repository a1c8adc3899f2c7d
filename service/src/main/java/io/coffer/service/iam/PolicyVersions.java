package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.QueryException;
import io.coffer.model.iam.CreatePolicyVersionRequest;
import io.coffer.model.iam.CreatePolicyVersionResponse;
import io.coffer.model.iam.DeletePolicyVersionRequest;
import io.coffer.model.iam.DeletePolicyVersionResponse;
import io.coffer.model.iam.GetPolicyVersionRequest;
import io.coffer.model.iam.GetPolicyVersionResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListPolicyVersionsRequest;
import io.coffer.model.iam.ListPolicyVersionsResponse;
import io.coffer.model.iam.PolicyVersion;
import io.coffer.model.iam.SetDefaultPolicyVersionRequest;
import io.coffer.model.iam.SetDefaultPolicyVersionResponse;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.ManagedPolicy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of managed policies: five at most, one of them in force. */
final class PolicyVersions {
  private static final int MOST = 5;

  private final Entities entities;
  private final PolicyGate gate;
  private final InstantSource clock;

  PolicyVersions(Subjects s, PolicyGate gate) {
    this.entities = s.entities();
    this.gate = gate;
    this.clock = s.environment().clock();
  }

  CreatePolicyVersionResponse create(CreatePolicyVersionRequest request, Context context) {
    var document = requireNonNull(request.policyDocument());
    boolean inForce = request.setAsDefault() != null && request.setAsDefault();
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:CreatePolicyVersion", request.policyArn());
          ManagedPolicyOperations.check(document);
          var policy = found.value();
          if (policy.versions().size() >= MOST) {
            throw IamError.LIMIT_EXCEEDED.exception(
                "A managed policy can have up to 5 versions. Before you create a new version, you"
                    + " must delete an existing version.");
          }
          var now = clock.instant();
          int number = policy.nextVersion();
          var version = new ManagedPolicy.Version(number, PolicyTexts.stored(document), now);
          var versions = new ArrayList<>(policy.versions());
          versions.add(version);
          var changed =
              policy.withVersions(
                  versions, inForce ? number : policy.defaultVersion(), number + 1, now);
          edit.replace(Kind.POLICY, found, changed);
          return CreatePolicyVersionResponse.builder()
              .policyVersion(PolicyAnswers.version(changed, version).build())
              .build();
        });
  }

  GetPolicyVersionResponse get(GetPolicyVersionRequest request, Context context) {
    var policy = gate.read(context, "iam:GetPolicyVersion", request.policyArn());
    var id = requireNonNull(request.versionId());
    var answer =
        policy == null ? ofAws(requireNonNull(request.policyArn()), id) : version(policy, id);
    return GetPolicyVersionResponse.builder().policyVersion(answer).build();
  }

  private static PolicyVersion version(ManagedPolicy policy, String id) {
    var version = find(policy, id);
    return PolicyAnswers.version(policy, version)
        .document(PolicyTexts.encoded(version.document()))
        .build();
  }

  private static PolicyVersion ofAws(String arn, String id) {
    var policy = AwsPolicy.find(arn).orElseThrow();
    if (!id.equals("v" + policy.version())) {
      throw missing(arn, id);
    }
    return PolicyAnswers.version(policy).document(PolicyTexts.encoded(policy.document())).build();
  }

  ListPolicyVersionsResponse list(ListPolicyVersionsRequest request, Context context) {
    var policy = gate.read(context, "iam:ListPolicyVersions", request.policyArn());
    var page =
        Paging.of(
            policy == null
                ? List.of(
                    PolicyAnswers.version(
                            AwsPolicy.find(requireNonNull(request.policyArn())).orElseThrow())
                        .build())
                : versions(policy),
            PolicyVersions::position,
            request.marker(),
            request.maxItems());
    return ListPolicyVersionsResponse.builder()
        .versions(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static List<PolicyVersion> versions(ManagedPolicy policy) {
    return policy.versions().stream()
        .map(version -> PolicyAnswers.version(policy, version).build())
        .toList();
  }

  /** The newest first. */
  private static String position(PolicyVersion version) {
    int number = Integer.parseInt(requireNonNull(version.versionId()).substring(1));
    return "%010d".formatted(Integer.MAX_VALUE - number);
  }

  DeletePolicyVersionResponse delete(DeletePolicyVersionRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:DeletePolicyVersion", request.policyArn());
          var policy = found.value();
          var version = find(policy, request.versionId());
          if (version.number() == policy.defaultVersion()) {
            throw IamError.DELETE_CONFLICT.exception(
                "Cannot delete the default version of a policy.");
          }
          var rest = policy.versions().stream().filter(other -> !other.equals(version)).toList();
          edit.replace(
              Kind.POLICY,
              found,
              policy.withVersions(
                  rest, policy.defaultVersion(), policy.nextVersion(), clock.instant()));
          return DeletePolicyVersionResponse.builder().build();
        });
  }

  SetDefaultPolicyVersionResponse setDefault(
      SetDefaultPolicyVersionRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:SetDefaultPolicyVersion", request.policyArn());
          var policy = found.value();
          int number = find(policy, request.versionId()).number();
          edit.replace(
              Kind.POLICY,
              found,
              policy.withVersions(
                  policy.versions(), number, policy.nextVersion(), clock.instant()));
          return SetDefaultPolicyVersionResponse.builder().build();
        });
  }

  private static ManagedPolicy.Version find(ManagedPolicy policy, @Nullable String id) {
    return policy.versions().stream()
        .filter(version -> version.versionId().equals(id))
        .findFirst()
        .orElseThrow(() -> missing(policy.arn(), String.valueOf(id)));
  }

  private static QueryException missing(String arn, String id) {
    return IamError.NO_SUCH_ENTITY.exception(
        "Policy " + arn + " version " + id + " does not exist or is not attachable.");
  }
}
