package io.coffer.service.iam;

import io.coffer.model.iam.RoleLastUsed;
import io.coffer.service.identity.Role;

/** Roles as answers have them. */
final class RoleAnswers {
  private final TrustPolicies trusts;

  RoleAnswers(TrustPolicies trusts) {
    this.trusts = trusts;
  }

  /** What all answers have. */
  io.coffer.model.iam.Role.Builder brief(Role role) {
    return io.coffer.model.iam.Role.builder()
        .path(role.path())
        .roleName(role.name())
        .roleId(role.id())
        .arn(role.arn())
        .createDate(role.created())
        .assumeRolePolicyDocument(PolicyTexts.encoded(trusts.shown(role)));
  }

  /** As lists have it. */
  io.coffer.model.iam.Role listed(Role role) {
    return brief(role)
        .description(role.description())
        .maxSessionDuration(role.maxSessionSeconds())
        .build();
  }

  /** All that is known of it. */
  io.coffer.model.iam.Role whole(Role role) {
    return brief(role)
        .description(role.description())
        .maxSessionDuration(role.maxSessionSeconds())
        .permissionsBoundary(Attachments.boundary(role.boundary()))
        .roleLastUsed(RoleLastUsed.builder().build())
        .tags(role.tags().isEmpty() ? null : TagEdits.list(role.tags()))
        .build();
  }
}
