package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.Arns;
import io.coffer.model.iam.CreateRoleRequest;
import io.coffer.model.iam.CreateRoleResponse;
import io.coffer.model.iam.DeleteRoleRequest;
import io.coffer.model.iam.DeleteRoleResponse;
import io.coffer.model.iam.GetRoleRequest;
import io.coffer.model.iam.GetRoleResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListInstanceProfilesForRoleRequest;
import io.coffer.model.iam.ListInstanceProfilesForRoleResponse;
import io.coffer.model.iam.ListRolesRequest;
import io.coffer.model.iam.ListRolesResponse;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.UniqueIds;
import java.time.InstantSource;
import java.util.List;

/** CreateRole, GetRole, ListRoles and DeleteRole. */
final class Roles {
  private static final int DEFAULT_SESSION_SECONDS = 3_600;

  private final Entities entities;
  private final Access access;
  private final RoleGate gate;
  private final Attachments attachments;
  private final TrustPolicies trusts;
  private final RoleAnswers answers;
  private final InstantSource clock;
  private final UniqueIds ids = new UniqueIds();

  Roles(Subjects s, RoleGate gate, Attachments attachments, TrustPolicies trusts) {
    this.entities = s.entities();
    this.access = s.access();
    this.gate = gate;
    this.attachments = attachments;
    this.trusts = trusts;
    this.answers = new RoleAnswers(trusts);
    this.clock = s.environment().clock();
  }

  CreateRoleResponse create(CreateRoleRequest request, Context context) {
    var account = OwnAccount.id(context);
    var name = requireNonNull(request.roleName());
    var path = requireNonNullElse(request.path(), "/");
    authorizeCreation(request, context, Arns.role(account, path, name));
    var role =
        entities.edit(
            edit -> {
              if (entities.find(Kind.ROLE, account, name).isPresent()) {
                throw IamError.ENTITY_ALREADY_EXISTS.exception(
                    "Role with name " + name + " already exists.");
              }
              var trust = trusts.check(requireNonNull(request.assumeRolePolicyDocument()), account);
              attachments.bound(edit, account, null, request.permissionsBoundary());
              var created =
                  new Role(
                      account,
                      path,
                      name,
                      ids.role(),
                      clock.instant(),
                      request.description(),
                      requireNonNullElse(request.maxSessionDuration(), DEFAULT_SESSION_SECONDS),
                      trust.document(),
                      Grants.NONE,
                      request.permissionsBoundary(),
                      TagEdits.of(request.tags()),
                      trust.principals());
              edit.create(Kind.ROLE, created);
              return created;
            });
    return CreateRoleResponse.builder()
        .role(
            answers
                .brief(role)
                .permissionsBoundary(Attachments.boundary(role.boundary()))
                .tags(role.tags().isEmpty() ? null : TagEdits.list(role.tags()))
                .build())
        .build();
  }

  private void authorizeCreation(CreateRoleRequest request, Context context, String arn) {
    var tags = TagEdits.of(request.tags());
    var values = context.circumstances().values();
    IamValues.requested(values, tags);
    values.put("iam:PermissionsBoundary", request.permissionsBoundary());
    access.require(context, "iam:CreateRole", arn, values);
    if (!tags.isEmpty()) {
      access.require(context, "iam:TagRole", arn, values);
    }
  }

  GetRoleResponse get(GetRoleRequest request, Context context) {
    var role = gate.open(context, "iam:GetRole", request.roleName()).value();
    return GetRoleResponse.builder().role(answers.whole(role)).build();
  }

  ListRolesResponse list(ListRolesRequest request, Context context) {
    var account = OwnAccount.id(context);
    var prefix = requireNonNullElse(request.pathPrefix(), "/");
    access.require(
        context,
        "iam:ListRoles",
        "arn:aws:iam::" + account + ":role" + prefix,
        context.circumstances().values());
    var found =
        entities
            .list(Kind.ROLE, account, Paging.position(request.marker()))
            .map(Stored::value)
            .filter(role -> role.path().startsWith(prefix));
    var page = Paging.of(found, Role::name, request.maxItems());
    return ListRolesResponse.builder()
        .roles(page.map(answers::listed))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  DeleteRoleResponse delete(DeleteRoleRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found = gate.open(context, "iam:DeleteRole", request.roleName());
          var role = found.value();
          if (!role.grants().attached().isEmpty()) {
            throw IamError.DELETE_CONFLICT.exception(
                "Cannot delete entity, must detach all policies first.");
          }
          if (!role.grants().inline().isEmpty()) {
            throw IamError.DELETE_CONFLICT.exception(
                "Cannot delete entity, must delete policies first.");
          }
          attachments.bound(edit, role.account(), role.boundary(), null);
          edit.delete(found);
          return DeleteRoleResponse.builder().build();
        });
  }

  /** There are no instances, so there are no profiles for them; who deletes a role asks first. */
  ListInstanceProfilesForRoleResponse instanceProfiles(
      ListInstanceProfilesForRoleRequest request, Context context) {
    gate.open(context, "iam:ListInstanceProfilesForRole", request.roleName());
    return ListInstanceProfilesForRoleResponse.builder()
        .instanceProfiles(List.of())
        .isTruncated(false)
        .build();
  }
}
