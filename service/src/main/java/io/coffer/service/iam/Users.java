package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.Arns;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.CreateUserResponse;
import io.coffer.model.iam.DeleteUserRequest;
import io.coffer.model.iam.DeleteUserResponse;
import io.coffer.model.iam.GetUserRequest;
import io.coffer.model.iam.GetUserResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListUsersRequest;
import io.coffer.model.iam.ListUsersResponse;
import io.coffer.model.iam.UpdateUserRequest;
import io.coffer.model.iam.UpdateUserResponse;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.UniqueIds;
import io.coffer.service.identity.User;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** CreateUser, GetUser, UpdateUser, DeleteUser, ListUsers. */
final class Users {
  private final Subjects s;
  private final FoundUsers found;
  private final Attachments attachments;
  private final UniqueIds ids = new UniqueIds();

  Users(Subjects s, FoundUsers found, Attachments attachments) {
    this.s = s;
    this.found = found;
    this.attachments = attachments;
  }

  CreateUserResponse create(CreateUserRequest request, Context context) {
    var account = OwnAccount.id(context);
    var path = requireNonNullElse(request.path(), "/");
    var name = requireNonNull(request.userName());
    var boundary = request.permissionsBoundary();
    var values = Answers.values(context).put("iam:PermissionsBoundary", boundary);
    IamValues.requested(values, TagEdits.of(request.tags()));
    s.access().require(context, "iam:CreateUser", Arns.user(account, path, name), values);
    var tags = TagEdits.with(Map.of(), request.tags());
    var user =
        new User(
            account,
            path,
            name,
            ids.user(),
            s.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS),
            Grants.NONE,
            boundary,
            tags,
            List.of());
    return s.entities()
        .edit(
            edit -> {
              requireFree(account, name);
              attachments.bound(edit, account, null, boundary);
              edit.create(Kind.USER, user);
              return CreateUserResponse.builder().user(Answers.user(user)).build();
            });
  }

  private void requireFree(String account, String name) {
    s.entities()
        .find(Kind.USER, account, name)
        .ifPresent(
            other -> {
              throw IamError.ENTITY_ALREADY_EXISTS.exception(
                  "User with name " + name + " already exists.");
            });
  }

  GetUserResponse get(GetUserRequest request, Context context) {
    if (request.userName() == null && FoundUsers.isRoot(context)) {
      return GetUserResponse.builder().user(root(context)).build();
    }
    var user = found.require(context, "iam:GetUser", request.userName()).value();
    return GetUserResponse.builder().user(Answers.user(user)).build();
  }

  /** Root is no user: it has no name, and its id is the account's. */
  private io.coffer.model.iam.User root(Context context) {
    var account = OwnAccount.id(context);
    return io.coffer.model.iam.User.builder()
        .userId(account)
        .arn(Arns.root(account))
        .createDate(s.accounts().stored(account).orElseThrow().value().created())
        .build();
  }

  UpdateUserResponse update(UpdateUserRequest request, Context context) {
    return s.entities()
        .edit(
            edit -> {
              var old = found.require(context, "iam:UpdateUser", request.userName());
              var user = old.value();
              var path = requireNonNullElse(request.newPath(), user.path());
              var name = requireNonNullElse(request.newUserName(), user.name());
              var arn = Arns.user(user.account(), path, name);
              s.access().require(context, "iam:UpdateUser", arn, Answers.values(context));
              if (!name.equalsIgnoreCase(user.name())) {
                requireFree(user.account(), name);
              }
              renameKeys(edit, user, name);
              edit.replace(Kind.USER, old, user.named(path, name));
              return UpdateUserResponse.builder().build();
            });
  }

  private void renameKeys(Edit edit, User user, String name) {
    if (name.equals(user.name())) {
      return;
    }
    for (var id : user.accessKeys()) {
      s.accessKeys()
          .find(id)
          .ifPresent(key -> s.accessKeys().replace(edit, key, key.key().heldBy(name)));
    }
  }

  DeleteUserResponse delete(DeleteUserRequest request, Context context) {
    return s.entities()
        .edit(
            edit -> {
              var old = found.require(context, "iam:DeleteUser", request.userName());
              requireBare(old);
              var user = old.value();
              attachments.bound(edit, user.account(), user.boundary(), null);
              edit.delete(old);
              return DeleteUserResponse.builder().build();
            });
  }

  private static void requireBare(Stored<User> stored) {
    var user = stored.value();
    if (!user.accessKeys().isEmpty()) {
      throw conflict("must delete access keys first");
    }
    if (!user.grants().attached().isEmpty()) {
      throw conflict("must detach all policies first");
    }
    if (!user.grants().inline().isEmpty()) {
      throw conflict("must delete policies first");
    }
    if (!user.groupIds().isEmpty()) {
      throw conflict("must remove users from group first");
    }
  }

  static RuntimeException conflict(String todo) {
    return IamError.DELETE_CONFLICT.exception("Cannot delete entity, " + todo + ".");
  }

  ListUsersResponse list(ListUsersRequest request, Context context) {
    var account = OwnAccount.id(context);
    var prefix = requireNonNullElse(request.pathPrefix(), "/");
    var arn = Arns.user(account, prefix, "");
    s.access().require(context, "iam:ListUsers", arn, Answers.values(context));
    var matching =
        s.entities()
            .list(Kind.USER, account, Paging.position(request.marker()))
            .map(Stored::value)
            .filter(user -> user.path().startsWith(prefix));
    var page = Paging.of(matching, User::name, request.maxItems());
    return ListUsersResponse.builder()
        .users(page.map(Answers::listed))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
