package io.coffer.service.iam;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.iam.DeleteUserPermissionsBoundaryRequest;
import io.coffer.model.iam.DeleteUserPermissionsBoundaryResponse;
import io.coffer.model.iam.PutUserPermissionsBoundaryRequest;
import io.coffer.model.iam.PutUserPermissionsBoundaryResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import org.jspecify.annotations.Nullable;

/** PutUserPermissionsBoundary, DeleteUserPermissionsBoundary. */
final class UserBoundary {
  private final Entities entities;
  private final FoundUsers found;
  private final Attachments attachments;

  UserBoundary(Entities entities, FoundUsers found, Attachments attachments) {
    this.entities = entities;
    this.found = found;
    this.attachments = attachments;
  }

  PutUserPermissionsBoundaryResponse put(
      PutUserPermissionsBoundaryRequest request, Context context) {
    var wanted = request.permissionsBoundary();
    var values = Answers.values(context).put("iam:PermissionsBoundary", wanted);
    change(context, "iam:PutUserPermissionsBoundary", request.userName(), values, wanted);
    return PutUserPermissionsBoundaryResponse.builder().build();
  }

  DeleteUserPermissionsBoundaryResponse delete(
      DeleteUserPermissionsBoundaryRequest request, Context context) {
    var values = Answers.values(context);
    change(context, "iam:DeleteUserPermissionsBoundary", request.userName(), values, null);
    return DeleteUserPermissionsBoundaryResponse.builder().build();
  }

  private void change(
      Context context,
      String action,
      @Nullable String name,
      ConditionValues.Builder values,
      @Nullable String wanted) {
    entities.edit(
        edit -> {
          var old =
              wanted == null
                  ? found.requireBounded(context, action, name, values)
                  : found.require(context, action, name, values);
          var user = old.value();
          attachments.bound(edit, user.account(), user.boundary(), wanted);
          edit.replace(Kind.USER, old, user.withBoundary(wanted));
          return user;
        });
  }
}
