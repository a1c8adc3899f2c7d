package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.Arns;
import io.coffer.model.iam.CreateGroupRequest;
import io.coffer.model.iam.CreateGroupResponse;
import io.coffer.model.iam.DeleteGroupRequest;
import io.coffer.model.iam.DeleteGroupResponse;
import io.coffer.model.iam.GetGroupRequest;
import io.coffer.model.iam.GetGroupResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListGroupsRequest;
import io.coffer.model.iam.ListGroupsResponse;
import io.coffer.model.iam.UpdateGroupRequest;
import io.coffer.model.iam.UpdateGroupResponse;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.UniqueIds;
import io.coffer.service.identity.User;
import java.time.temporal.ChronoUnit;

/** CreateGroup, GetGroup, UpdateGroup, DeleteGroup, ListGroups. */
final class Groups {
  private final Subjects s;
  private final FoundGroups found;
  private final UniqueIds ids = new UniqueIds();

  Groups(Subjects s, FoundGroups found) {
    this.s = s;
    this.found = found;
  }

  CreateGroupResponse create(CreateGroupRequest request, Context context) {
    var account = OwnAccount.id(context);
    var path = requireNonNullElse(request.path(), "/");
    var name = requireNonNull(request.groupName());
    var arn = Arns.group(account, path, name);
    s.access().require(context, "iam:CreateGroup", arn, Answers.values(context));
    var now = s.environment().clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var group = new Group(account, path, name, ids.group(), now, Grants.NONE, 0);
    return s.entities()
        .edit(
            edit -> {
              requireFree(account, name);
              edit.create(Kind.GROUP, group);
              return CreateGroupResponse.builder().group(Answers.group(group)).build();
            });
  }

  private void requireFree(String account, String name) {
    s.entities()
        .find(Kind.GROUP, account, name)
        .ifPresent(
            other -> {
              throw IamError.ENTITY_ALREADY_EXISTS.exception(
                  "Group with name " + name + " already exists.");
            });
  }

  /** With its members: the users say who they are. */
  GetGroupResponse get(GetGroupRequest request, Context context) {
    var group = found.require(context, "iam:GetGroup", request.groupName()).value();
    var members =
        s.entities()
            .list(Kind.USER, group.account(), Paging.position(request.marker()))
            .map(Stored::value)
            .filter(user -> user.groupIds().contains(group.id()));
    var page = Paging.of(members, User::name, request.maxItems());
    return GetGroupResponse.builder()
        .group(Answers.group(group))
        .users(page.map(Answers::listed))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  UpdateGroupResponse update(UpdateGroupRequest request, Context context) {
    return s.entities()
        .edit(
            edit -> {
              var old = found.require(context, "iam:UpdateGroup", request.groupName());
              var group = old.value();
              var path = requireNonNullElse(request.newPath(), group.path());
              var name = requireNonNullElse(request.newGroupName(), group.name());
              var arn = Arns.group(group.account(), path, name);
              s.access().require(context, "iam:UpdateGroup", arn, Answers.values(context));
              if (!name.equalsIgnoreCase(group.name())) {
                requireFree(group.account(), name);
              }
              edit.replace(Kind.GROUP, old, group.named(path, name));
              return UpdateGroupResponse.builder().build();
            });
  }

  DeleteGroupResponse delete(DeleteGroupRequest request, Context context) {
    return s.entities()
        .edit(
            edit -> {
              var old = found.require(context, "iam:DeleteGroup", request.groupName());
              if (old.value().members() > 0) {
                throw Users.conflict("must remove users from group first");
              }
              if (!old.value().grants().attached().isEmpty()) {
                throw Users.conflict("must detach all policies first");
              }
              if (!old.value().grants().inline().isEmpty()) {
                throw Users.conflict("must delete policies first");
              }
              edit.delete(old);
              return DeleteGroupResponse.builder().build();
            });
  }

  ListGroupsResponse list(ListGroupsRequest request, Context context) {
    var account = OwnAccount.id(context);
    var prefix = requireNonNullElse(request.pathPrefix(), "/");
    var arn = Arns.group(account, prefix, "");
    s.access().require(context, "iam:ListGroups", arn, Answers.values(context));
    var matching =
        s.entities()
            .list(Kind.GROUP, account, Paging.position(request.marker()))
            .map(Stored::value)
            .filter(group -> group.path().startsWith(prefix));
    var page = Paging.of(matching, Group::name, request.maxItems());
    return ListGroupsResponse.builder()
        .groups(page.map(Answers::group))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
