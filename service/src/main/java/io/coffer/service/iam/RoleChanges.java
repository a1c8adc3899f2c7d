package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.model.iam.DeleteRolePermissionsBoundaryRequest;
import io.coffer.model.iam.DeleteRolePermissionsBoundaryResponse;
import io.coffer.model.iam.PutRolePermissionsBoundaryRequest;
import io.coffer.model.iam.PutRolePermissionsBoundaryResponse;
import io.coffer.model.iam.UpdateAssumeRolePolicyRequest;
import io.coffer.model.iam.UpdateAssumeRolePolicyResponse;
import io.coffer.model.iam.UpdateRoleDescriptionRequest;
import io.coffer.model.iam.UpdateRoleDescriptionResponse;
import io.coffer.model.iam.UpdateRoleRequest;
import io.coffer.model.iam.UpdateRoleResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** Changes of what a role is: its description, who may assume it, and its boundary. */
final class RoleChanges {
  private final Entities entities;
  private final RoleGate gate;
  private final Attachments attachments;
  private final TrustPolicies trusts;

  RoleChanges(Entities entities, RoleGate gate, Attachments attachments, TrustPolicies trusts) {
    this.entities = entities;
    this.gate = gate;
    this.attachments = attachments;
    this.trusts = trusts;
  }

  UpdateRoleResponse update(UpdateRoleRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:UpdateRole", request.roleName());
          var role = found.value();
          var description =
              request.description() == null ? role.description() : request.description();
          int seconds = requireNonNullElse(request.maxSessionDuration(), role.maxSessionSeconds());
          edit.replace(Kind.ROLE, found, role.described(description, seconds));
          return UpdateRoleResponse.builder().build();
        });
  }

  UpdateRoleDescriptionResponse describe(UpdateRoleDescriptionRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:UpdateRoleDescription", request.roleName());
          var old = found.value();
          var role = old.described(request.description(), old.maxSessionSeconds());
          edit.replace(Kind.ROLE, found, role);
          return UpdateRoleDescriptionResponse.builder()
              .role(new RoleAnswers(trusts).listed(role))
              .build();
        });
  }

  UpdateAssumeRolePolicyResponse updateTrust(
      UpdateAssumeRolePolicyRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:UpdateAssumeRolePolicy", request.roleName());
          var role = found.value();
          var trust = trusts.check(requireNonNull(request.policyDocument()), role.account());
          edit.replace(Kind.ROLE, found, role.withTrust(trust.document(), trust.principals()));
          return UpdateAssumeRolePolicyResponse.builder().build();
        });
  }

  PutRolePermissionsBoundaryResponse putBoundary(
      PutRolePermissionsBoundaryRequest request, Context context) {
    var boundary = requireNonNull(request.permissionsBoundary());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:PutRolePermissionsBoundary",
                  request.roleName(),
                  (values, role) -> values.put("iam:PermissionsBoundary", boundary));
          var role = found.value();
          attachments.bound(edit, role.account(), role.boundary(), boundary);
          edit.replace(Kind.ROLE, found, role.withBoundary(boundary));
          return PutRolePermissionsBoundaryResponse.builder().build();
        });
  }

  DeleteRolePermissionsBoundaryResponse deleteBoundary(
      DeleteRolePermissionsBoundaryRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found =
              gate.openBounded(
                  context, "iam:DeleteRolePermissionsBoundary", request.roleName(), null);
          var role = found.value();
          attachments.bound(edit, role.account(), role.boundary(), null);
          edit.replace(Kind.ROLE, found, role.withBoundary(null));
          return DeleteRolePermissionsBoundaryResponse.builder().build();
        });
  }
}
