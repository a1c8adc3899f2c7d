package io.coffer.service.iam;

import io.coffer.model.iam.ListRoleTagsRequest;
import io.coffer.model.iam.ListRoleTagsResponse;
import io.coffer.model.iam.TagRoleRequest;
import io.coffer.model.iam.TagRoleResponse;
import io.coffer.model.iam.UntagRoleRequest;
import io.coffer.model.iam.UntagRoleResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** TagRole, UntagRole and ListRoleTags. */
final class RoleTags {
  private final Entities entities;
  private final RoleGate gate;

  RoleTags(Entities entities, RoleGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  TagRoleResponse tag(TagRoleRequest request, Context context) {
    var tags = TagEdits.of(request.tags());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:TagRole",
                  request.roleName(),
                  (values, role) -> IamValues.requested(values, tags));
          var role = found.value();
          edit.replace(Kind.ROLE, found, role.withTags(TagEdits.with(role.tags(), request.tags())));
          return TagRoleResponse.builder().build();
        });
  }

  UntagRoleResponse untag(UntagRoleRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:UntagRole",
                  request.roleName(),
                  (values, role) -> IamValues.untagged(values, request.tagKeys()));
          var role = found.value();
          edit.replace(
              Kind.ROLE, found, role.withTags(TagEdits.without(role.tags(), request.tagKeys())));
          return UntagRoleResponse.builder().build();
        });
  }

  ListRoleTagsResponse list(ListRoleTagsRequest request, Context context) {
    var role = gate.open(context, "iam:ListRoleTags", request.roleName()).value();
    var page = TagEdits.page(role.tags(), request.marker(), request.maxItems());
    return ListRoleTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
