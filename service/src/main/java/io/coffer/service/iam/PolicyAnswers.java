package io.coffer.service.iam;

import io.coffer.model.iam.Policy;
import io.coffer.model.iam.PolicyVersion;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.ManagedPolicy;

/** Managed policies as answers have them. */
final class PolicyAnswers {
  private PolicyAnswers() {}

  /** A policy of an account, without description and tags, as lists have it. */
  static Policy.Builder policy(ManagedPolicy policy) {
    return Policy.builder()
        .policyName(policy.name())
        .policyId(policy.id())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId("v" + policy.defaultVersion())
        .attachmentCount((int) policy.attachments())
        .permissionsBoundaryUsageCount((int) policy.boundaries())
        .isAttachable(true)
        .createDate(policy.created())
        .updateDate(policy.updated());
  }

  /** A policy of AWS, likewise. */
  static Policy.Builder policy(AwsPolicy policy, PolicyUses.Count uses) {
    return Policy.builder()
        .policyName(policy.policyName())
        .policyId(policy.id())
        .arn(policy.arn())
        .path("/")
        .defaultVersionId("v" + policy.version())
        .attachmentCount(uses.attachments())
        .permissionsBoundaryUsageCount(uses.boundaries())
        .isAttachable(true)
        .createDate(policy.created())
        .updateDate(policy.updated());
  }

  /** A version, without its document, as lists have it. */
  static PolicyVersion.Builder version(ManagedPolicy policy, ManagedPolicy.Version version) {
    return PolicyVersion.builder()
        .versionId(version.versionId())
        .isDefaultVersion(version.number() == policy.defaultVersion())
        .createDate(version.created());
  }

  /** The only version of a policy of AWS, likewise. */
  static PolicyVersion.Builder version(AwsPolicy policy) {
    return PolicyVersion.builder()
        .versionId("v" + policy.version())
        .isDefaultVersion(true)
        .createDate(policy.updated());
  }
}
