package io.coffer.service.iam;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.service.Context;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.User;

/** Users and groups as answers of IAM have them. */
final class Answers {
  private Answers() {}

  /** A user with all that is asked of one. */
  static io.coffer.model.iam.User user(User user) {
    var tags = TagEdits.list(user.tags());
    return listed(user).toBuilder()
        .permissionsBoundary(Attachments.boundary(user.boundary()))
        .tags(tags.isEmpty() ? null : tags)
        .build();
  }

  /** A user as lists have it: without boundary and tags. */
  static io.coffer.model.iam.User listed(User user) {
    return io.coffer.model.iam.User.builder()
        .path(user.path())
        .userName(user.name())
        .userId(user.id())
        .arn(user.arn())
        .createDate(user.created())
        .build();
  }

  static io.coffer.model.iam.Group group(Group group) {
    return io.coffer.model.iam.Group.builder()
        .path(group.path())
        .groupName(group.name())
        .groupId(group.id())
        .arn(group.arn())
        .createDate(group.created())
        .build();
  }

  /** The condition keys that every request has, to be added to. */
  static ConditionValues.Builder values(Context context) {
    return context.circumstances().values();
  }
}
