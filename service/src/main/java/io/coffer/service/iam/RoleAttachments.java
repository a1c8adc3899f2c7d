package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.AttachRolePolicyRequest;
import io.coffer.model.iam.AttachRolePolicyResponse;
import io.coffer.model.iam.DetachRolePolicyRequest;
import io.coffer.model.iam.DetachRolePolicyResponse;
import io.coffer.model.iam.ListAttachedRolePoliciesRequest;
import io.coffer.model.iam.ListAttachedRolePoliciesResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** The managed policies of roles. */
final class RoleAttachments {
  private final Entities entities;
  private final RoleGate gate;
  private final Attachments attachments;

  RoleAttachments(Entities entities, RoleGate gate, Attachments attachments) {
    this.entities = entities;
    this.gate = gate;
    this.attachments = attachments;
  }

  AttachRolePolicyResponse attach(AttachRolePolicyRequest request, Context context) {
    var arn = requireNonNull(request.policyArn());
    return entities.edit(
        edit -> {
          var found = gate.openBounded(context, "iam:AttachRolePolicy", request.roleName(), arn);
          var role = found.value();
          var grants =
              attachments.attach(edit, role.account(), role.grants(), arn, "PoliciesPerRole");
          edit.replace(Kind.ROLE, found, role.withGrants(grants));
          return AttachRolePolicyResponse.builder().build();
        });
  }

  DetachRolePolicyResponse detach(DetachRolePolicyRequest request, Context context) {
    var arn = requireNonNull(request.policyArn());
    return entities.edit(
        edit -> {
          var found = gate.openBounded(context, "iam:DetachRolePolicy", request.roleName(), arn);
          var role = found.value();
          var grants = attachments.detach(edit, role.account(), role.grants(), arn);
          edit.replace(Kind.ROLE, found, role.withGrants(grants));
          return DetachRolePolicyResponse.builder().build();
        });
  }

  ListAttachedRolePoliciesResponse list(ListAttachedRolePoliciesRequest request, Context context) {
    var role = gate.open(context, "iam:ListAttachedRolePolicies", request.roleName()).value();
    var page =
        Attachments.page(role.grants(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedRolePoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
