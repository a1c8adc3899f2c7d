package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.auth.policy.PolicyKind;
import io.coffer.model.QueryException;
import io.coffer.model.iam.DeleteRolePolicyRequest;
import io.coffer.model.iam.DeleteRolePolicyResponse;
import io.coffer.model.iam.GetRolePolicyRequest;
import io.coffer.model.iam.GetRolePolicyResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListRolePoliciesRequest;
import io.coffer.model.iam.ListRolePoliciesResponse;
import io.coffer.model.iam.PutRolePolicyRequest;
import io.coffer.model.iam.PutRolePolicyResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** The inline policies of roles. */
final class RolePolicies {
  private final Entities entities;
  private final RoleGate gate;

  RolePolicies(Entities entities, RoleGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  PutRolePolicyResponse put(PutRolePolicyRequest request, Context context) {
    var document = requireNonNull(request.policyDocument());
    return entities.edit(
        edit -> {
          var found = gate.openBounded(context, "iam:PutRolePolicy", request.roleName(), null);
          PolicyTexts.check(document, PolicyKind.IDENTITY);
          var role = found.value();
          var grants =
              role.grants()
                  .withInline(requireNonNull(request.policyName()), PolicyTexts.stored(document));
          if (PolicyTexts.size(grants) > PolicyTexts.INLINE_OF_ROLE) {
            throw IamError.LIMIT_EXCEEDED.exception(
                "Maximum policy size of "
                    + PolicyTexts.INLINE_OF_ROLE
                    + " bytes exceeded for role "
                    + role.name());
          }
          edit.replace(Kind.ROLE, found, role.withGrants(grants));
          return PutRolePolicyResponse.builder().build();
        });
  }

  GetRolePolicyResponse get(GetRolePolicyRequest request, Context context) {
    var role = gate.open(context, "iam:GetRolePolicy", request.roleName()).value();
    var name = requireNonNull(request.policyName());
    var document = role.grants().inline().get(name);
    if (document == null) {
      throw missing(name);
    }
    return GetRolePolicyResponse.builder()
        .roleName(role.name())
        .policyName(name)
        .policyDocument(PolicyTexts.encoded(document))
        .build();
  }

  DeleteRolePolicyResponse delete(DeleteRolePolicyRequest request, Context context) {
    var name = requireNonNull(request.policyName());
    return entities.edit(
        edit -> {
          var found = gate.openBounded(context, "iam:DeleteRolePolicy", request.roleName(), null);
          var role = found.value();
          if (!role.grants().inline().containsKey(name)) {
            throw missing(name);
          }
          edit.replace(Kind.ROLE, found, role.withGrants(role.grants().withoutInline(name)));
          return DeleteRolePolicyResponse.builder().build();
        });
  }

  ListRolePoliciesResponse list(ListRolePoliciesRequest request, Context context) {
    var role = gate.open(context, "iam:ListRolePolicies", request.roleName()).value();
    var page =
        Paging.of(
            role.grants().inline().keySet(), name -> name, request.marker(), request.maxItems());
    return ListRolePoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static QueryException missing(String name) {
    return IamError.NO_SUCH_ENTITY.exception(
        "The role policy with name " + name + " cannot be found.");
  }
}
