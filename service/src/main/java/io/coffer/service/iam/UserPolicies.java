package io.coffer.service.iam;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.iam.AttachUserPolicyRequest;
import io.coffer.model.iam.AttachUserPolicyResponse;
import io.coffer.model.iam.DeleteUserPolicyRequest;
import io.coffer.model.iam.DeleteUserPolicyResponse;
import io.coffer.model.iam.DetachUserPolicyRequest;
import io.coffer.model.iam.DetachUserPolicyResponse;
import io.coffer.model.iam.GetUserPolicyRequest;
import io.coffer.model.iam.GetUserPolicyResponse;
import io.coffer.model.iam.ListAttachedUserPoliciesRequest;
import io.coffer.model.iam.ListAttachedUserPoliciesResponse;
import io.coffer.model.iam.ListUserPoliciesRequest;
import io.coffer.model.iam.ListUserPoliciesResponse;
import io.coffer.model.iam.PutUserPolicyRequest;
import io.coffer.model.iam.PutUserPolicyResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The inline policies of a user, and the managed ones that are attached to it. */
final class UserPolicies {
  private final Entities entities;
  private final FoundUsers found;
  private final Attachments attachments;

  UserPolicies(Entities entities, FoundUsers found, Attachments attachments) {
    this.entities = entities;
    this.found = found;
    this.attachments = attachments;
  }

  PutUserPolicyResponse put(PutUserPolicyRequest request, Context context) {
    change(
        context,
        "iam:PutUserPolicy",
        request.userName(),
        Answers.values(context),
        (edit, user) ->
            InlinePolicies.with(
                user.grants(),
                request.policyName(),
                request.policyDocument(),
                PolicyTexts.INLINE_OF_USER,
                "user " + user.name()));
    return PutUserPolicyResponse.builder().build();
  }

  DeleteUserPolicyResponse delete(DeleteUserPolicyRequest request, Context context) {
    change(
        context,
        "iam:DeleteUserPolicy",
        request.userName(),
        Answers.values(context),
        (edit, user) -> InlinePolicies.without(user.grants(), request.policyName(), "user"));
    return DeleteUserPolicyResponse.builder().build();
  }

  GetUserPolicyResponse get(GetUserPolicyRequest request, Context context) {
    var user = found.require(context, "iam:GetUserPolicy", request.userName()).value();
    return GetUserPolicyResponse.builder()
        .userName(user.name())
        .policyName(request.policyName())
        .policyDocument(InlinePolicies.get(user.grants(), request.policyName(), "user"))
        .build();
  }

  ListUserPoliciesResponse list(ListUserPoliciesRequest request, Context context) {
    var user = found.require(context, "iam:ListUserPolicies", request.userName()).value();
    var page = InlinePolicies.page(user.grants(), request.marker(), request.maxItems());
    return ListUserPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  AttachUserPolicyResponse attach(AttachUserPolicyRequest request, Context context) {
    var arn = Objects.requireNonNull(request.policyArn());
    change(
        context,
        "iam:AttachUserPolicy",
        request.userName(),
        Answers.values(context).put("iam:PolicyARN", arn),
        (edit, user) ->
            attachments.attach(edit, user.account(), user.grants(), arn, "PoliciesPerUser"));
    return AttachUserPolicyResponse.builder().build();
  }

  DetachUserPolicyResponse detach(DetachUserPolicyRequest request, Context context) {
    var arn = Objects.requireNonNull(request.policyArn());
    change(
        context,
        "iam:DetachUserPolicy",
        request.userName(),
        Answers.values(context).put("iam:PolicyARN", arn),
        (edit, user) -> attachments.detach(edit, user.account(), user.grants(), arn));
    return DetachUserPolicyResponse.builder().build();
  }

  ListAttachedUserPoliciesResponse listAttached(
      ListAttachedUserPoliciesRequest request, Context context) {
    var action = "iam:ListAttachedUserPolicies";
    var user = found.require(context, action, request.userName()).value();
    var page =
        Attachments.page(user.grants(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedUserPoliciesResponse.builder()
        .attachedPolicies(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private void change(
      Context context,
      String action,
      @Nullable String name,
      ConditionValues.Builder values,
      BiFunction<Edit, User, Grants> change) {
    entities.edit(
        edit -> {
          Stored<User> old = found.requireBounded(context, action, name, values);
          var grants = change.apply(edit, old.value());
          edit.replace(Kind.USER, old, old.value().withGrants(grants));
          return grants;
        });
  }
}
