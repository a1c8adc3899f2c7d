package io.coffer.service.iam;

import io.coffer.model.iam.ListUserTagsRequest;
import io.coffer.model.iam.ListUserTagsResponse;
import io.coffer.model.iam.TagUserRequest;
import io.coffer.model.iam.TagUserResponse;
import io.coffer.model.iam.UntagUserRequest;
import io.coffer.model.iam.UntagUserResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** TagUser, UntagUser, ListUserTags. */
final class UserTags {
  private final Entities entities;
  private final FoundUsers found;

  UserTags(Entities entities, FoundUsers found) {
    this.entities = entities;
    this.found = found;
  }

  TagUserResponse tag(TagUserRequest request, Context context) {
    var values = Answers.values(context);
    IamValues.requested(values, TagEdits.of(request.tags()));
    return entities.edit(
        edit -> {
          var old = found.require(context, "iam:TagUser", request.userName(), values);
          var tags = TagEdits.with(old.value().tags(), request.tags());
          edit.replace(Kind.USER, old, old.value().withTags(tags));
          return TagUserResponse.builder().build();
        });
  }

  UntagUserResponse untag(UntagUserRequest request, Context context) {
    var values = Answers.values(context);
    IamValues.untagged(values, request.tagKeys());
    return entities.edit(
        edit -> {
          var old = found.require(context, "iam:UntagUser", request.userName(), values);
          var tags = TagEdits.without(old.value().tags(), request.tagKeys());
          edit.replace(Kind.USER, old, old.value().withTags(tags));
          return UntagUserResponse.builder().build();
        });
  }

  ListUserTagsResponse list(ListUserTagsRequest request, Context context) {
    var user = found.require(context, "iam:ListUserTags", request.userName()).value();
    var page = TagEdits.page(user.tags(), request.marker(), request.maxItems());
    return ListUserTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
