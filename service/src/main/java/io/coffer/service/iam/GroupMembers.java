package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.AddUserToGroupRequest;
import io.coffer.model.iam.AddUserToGroupResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListGroupsForUserRequest;
import io.coffer.model.iam.ListGroupsForUserResponse;
import io.coffer.model.iam.RemoveUserFromGroupRequest;
import io.coffer.model.iam.RemoveUserFromGroupResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * AddUserToGroup, RemoveUserFromGroup, ListGroupsForUser. A user says which groups it is in; a
 * group counts its members, in the same change.
 */
final class GroupMembers {
  /** Source: IAM User Guide, "IAM and AWS STS quotas". */
  private static final int MOST = 10;

  private final Entities entities;
  private final FoundUsers users;
  private final FoundGroups groups;

  GroupMembers(Entities entities, FoundUsers users, FoundGroups groups) {
    this.entities = entities;
    this.users = users;
    this.groups = groups;
  }

  /** Adding a member again changes nothing. */
  AddUserToGroupResponse add(AddUserToGroupRequest request, Context context) {
    return entities.edit(
        edit -> {
          var group = groups.require(context, "iam:AddUserToGroup", request.groupName());
          var user = user(context, request.userName());
          var ids = new ArrayList<>(user.value().groupIds());
          if (!ids.contains(group.value().id())) {
            if (ids.size() >= MOST) {
              throw IamError.LIMIT_EXCEEDED.exception(
                  "Cannot exceed quota for GroupsPerUser: " + MOST);
            }
            ids.add(group.value().id());
            edit.replace(Kind.USER, user, user.value().withGroupIds(ids));
            edit.replace(Kind.GROUP, group, group.value().withMembers(group.value().members() + 1));
          }
          return AddUserToGroupResponse.builder().build();
        });
  }

  /** Removing who is no member changes nothing. */
  RemoveUserFromGroupResponse remove(RemoveUserFromGroupRequest request, Context context) {
    return entities.edit(
        edit -> {
          var group = groups.require(context, "iam:RemoveUserFromGroup", request.groupName());
          var user = user(context, request.userName());
          var ids = new ArrayList<>(user.value().groupIds());
          if (ids.remove(group.value().id())) {
            edit.replace(Kind.USER, user, user.value().withGroupIds(ids));
            edit.replace(Kind.GROUP, group, group.value().withMembers(group.value().members() - 1));
          }
          return RemoveUserFromGroupResponse.builder().build();
        });
  }

  /** The permission is about the group alone. */
  private Stored<User> user(Context context, @Nullable String name) {
    var wanted = requireNonNull(name);
    return entities
        .find(Kind.USER, OwnAccount.id(context), wanted)
        .orElseThrow(() -> FoundUsers.missing(wanted));
  }

  ListGroupsForUserResponse groupsOf(ListGroupsForUserRequest request, Context context) {
    var user = users.require(context, "iam:ListGroupsForUser", request.userName()).value();
    var all = entities.groups(user).stream().map(Stored::value).toList();
    var page = Paging.of(all, GroupMembers::position, request.marker(), request.maxItems());
    return ListGroupsForUserResponse.builder()
        .groups(page.map(Answers::group))
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private static String position(Group group) {
    return group.name().toLowerCase(Locale.ROOT);
  }
}
