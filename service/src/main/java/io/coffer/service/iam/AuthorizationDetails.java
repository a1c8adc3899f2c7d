package io.coffer.service.iam;

import io.coffer.model.iam.AttachedPolicy;
import io.coffer.model.iam.GroupDetail;
import io.coffer.model.iam.ManagedPolicyDetail;
import io.coffer.model.iam.Policy;
import io.coffer.model.iam.PolicyDetail;
import io.coffer.model.iam.PolicyVersion;
import io.coffer.model.iam.RoleDetail;
import io.coffer.model.iam.RoleLastUsed;
import io.coffer.model.iam.UserDetail;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.ManagedPolicy;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.List;

/** Collects a page of what GetAccountAuthorizationDetails tells. For one request. */
final class AuthorizationDetails {
  final List<UserDetail> users = new ArrayList<>();
  final List<GroupDetail> groups = new ArrayList<>();
  final List<RoleDetail> roles = new ArrayList<>();
  final List<ManagedPolicyDetail> policies = new ArrayList<>();
  private final Entities entities;
  private final TrustPolicies trusts;

  AuthorizationDetails(Entities entities, TrustPolicies trusts) {
    this.entities = entities;
    this.trusts = trusts;
  }

  void add(User user) {
    users.add(
        UserDetail.builder()
            .path(user.path())
            .userName(user.name())
            .userId(user.id())
            .arn(user.arn())
            .createDate(user.created())
            .userPolicyList(inline(user.grants()))
            .groupList(entities.groups(user).stream().map(group -> group.value().name()).toList())
            .attachedManagedPolicies(attached(user.grants()))
            .permissionsBoundary(Attachments.boundary(user.boundary()))
            .tags(TagEdits.list(user.tags()))
            .build());
  }

  void add(Group group) {
    groups.add(
        GroupDetail.builder()
            .path(group.path())
            .groupName(group.name())
            .groupId(group.id())
            .arn(group.arn())
            .createDate(group.created())
            .groupPolicyList(inline(group.grants()))
            .attachedManagedPolicies(attached(group.grants()))
            .build());
  }

  void add(Role role) {
    roles.add(
        RoleDetail.builder()
            .path(role.path())
            .roleName(role.name())
            .roleId(role.id())
            .arn(role.arn())
            .createDate(role.created())
            .assumeRolePolicyDocument(PolicyTexts.encoded(trusts.shown(role)))
            .instanceProfileList(List.of())
            .rolePolicyList(inline(role.grants()))
            .attachedManagedPolicies(attached(role.grants()))
            .permissionsBoundary(Attachments.boundary(role.boundary()))
            .roleLastUsed(RoleLastUsed.builder().build())
            .tags(TagEdits.list(role.tags()))
            .build());
  }

  void add(ManagedPolicy policy) {
    var versions =
        policy.versions().stream()
            .map(
                version ->
                    PolicyAnswers.version(policy, version)
                        .document(PolicyTexts.encoded(version.document()))
                        .build())
            .toList();
    policies.add(
        detail(PolicyAnswers.policy(policy).description(policy.description()).build(), versions));
  }

  void add(AwsPolicy policy, PolicyUses.Count uses) {
    var version =
        PolicyAnswers.version(policy).document(PolicyTexts.encoded(policy.document())).build();
    policies.add(detail(PolicyAnswers.policy(policy, uses).build(), List.of(version)));
  }

  private static ManagedPolicyDetail detail(Policy policy, List<PolicyVersion> versions) {
    return ManagedPolicyDetail.builder()
        .policyName(policy.policyName())
        .policyId(policy.policyId())
        .arn(policy.arn())
        .path(policy.path())
        .defaultVersionId(policy.defaultVersionId())
        .attachmentCount(policy.attachmentCount())
        .permissionsBoundaryUsageCount(policy.permissionsBoundaryUsageCount())
        .isAttachable(policy.isAttachable())
        .description(policy.description())
        .createDate(policy.createDate())
        .updateDate(policy.updateDate())
        .policyVersionList(versions)
        .build();
  }

  private static List<PolicyDetail> inline(Grants grants) {
    return grants.inline().entrySet().stream()
        .map(
            policy ->
                PolicyDetail.builder()
                    .policyName(policy.getKey())
                    .policyDocument(PolicyTexts.encoded(policy.getValue()))
                    .build())
        .toList();
  }

  private static List<AttachedPolicy> attached(Grants grants) {
    return grants.attached().stream().map(Attachments::attached).toList();
  }
}
