package io.coffer.service.iam;

import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.iam.AttachGroupPolicyRequest;
import io.coffer.model.iam.AttachGroupPolicyResponse;
import io.coffer.model.iam.DeleteGroupPolicyRequest;
import io.coffer.model.iam.DeleteGroupPolicyResponse;
import io.coffer.model.iam.DetachGroupPolicyRequest;
import io.coffer.model.iam.DetachGroupPolicyResponse;
import io.coffer.model.iam.GetGroupPolicyRequest;
import io.coffer.model.iam.GetGroupPolicyResponse;
import io.coffer.model.iam.ListAttachedGroupPoliciesRequest;
import io.coffer.model.iam.ListAttachedGroupPoliciesResponse;
import io.coffer.model.iam.ListGroupPoliciesRequest;
import io.coffer.model.iam.ListGroupPoliciesResponse;
import io.coffer.model.iam.PutGroupPolicyRequest;
import io.coffer.model.iam.PutGroupPolicyResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Stored;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The inline policies of a group, and the managed ones that are attached to it. */
final class GroupPolicies {
  private final Entities entities;
  private final FoundGroups found;
  private final Attachments attachments;

  GroupPolicies(Entities entities, FoundGroups found, Attachments attachments) {
    this.entities = entities;
    this.found = found;
    this.attachments = attachments;
  }

  PutGroupPolicyResponse put(PutGroupPolicyRequest request, Context context) {
    change(
        context,
        "iam:PutGroupPolicy",
        request.groupName(),
        Answers.values(context),
        (edit, group) ->
            InlinePolicies.with(
                group.grants(),
                request.policyName(),
                request.policyDocument(),
                PolicyTexts.INLINE_OF_GROUP,
                "group " + group.name()));
    return PutGroupPolicyResponse.builder().build();
  }

  DeleteGroupPolicyResponse delete(DeleteGroupPolicyRequest request, Context context) {
    change(
        context,
        "iam:DeleteGroupPolicy",
        request.groupName(),
        Answers.values(context),
        (edit, group) -> InlinePolicies.without(group.grants(), request.policyName(), "group"));
    return DeleteGroupPolicyResponse.builder().build();
  }

  GetGroupPolicyResponse get(GetGroupPolicyRequest request, Context context) {
    var group = found.require(context, "iam:GetGroupPolicy", request.groupName()).value();
    return GetGroupPolicyResponse.builder()
        .groupName(group.name())
        .policyName(request.policyName())
        .policyDocument(InlinePolicies.get(group.grants(), request.policyName(), "group"))
        .build();
  }

  ListGroupPoliciesResponse list(ListGroupPoliciesRequest request, Context context) {
    var group = found.require(context, "iam:ListGroupPolicies", request.groupName()).value();
    var page = InlinePolicies.page(group.grants(), request.marker(), request.maxItems());
    return ListGroupPoliciesResponse.builder()
        .policyNames(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  AttachGroupPolicyResponse attach(AttachGroupPolicyRequest request, Context context) {
    var arn = Objects.requireNonNull(request.policyArn());
    change(
        context,
        "iam:AttachGroupPolicy",
        request.groupName(),
        Answers.values(context).put("iam:PolicyARN", arn),
        (edit, group) ->
            attachments.attach(edit, group.account(), group.grants(), arn, "PoliciesPerGroup"));
    return AttachGroupPolicyResponse.builder().build();
  }

  DetachGroupPolicyResponse detach(DetachGroupPolicyRequest request, Context context) {
    var arn = Objects.requireNonNull(request.policyArn());
    change(
        context,
        "iam:DetachGroupPolicy",
        request.groupName(),
        Answers.values(context).put("iam:PolicyARN", arn),
        (edit, group) -> attachments.detach(edit, group.account(), group.grants(), arn));
    return DetachGroupPolicyResponse.builder().build();
  }

  ListAttachedGroupPoliciesResponse listAttached(
      ListAttachedGroupPoliciesRequest request, Context context) {
    var action = "iam:ListAttachedGroupPolicies";
    var group = found.require(context, action, request.groupName()).value();
    var page =
        Attachments.page(
            group.grants(), request.pathPrefix(), request.marker(), request.maxItems());
    return ListAttachedGroupPoliciesResponse.builder()
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
      BiFunction<Edit, Group, Grants> change) {
    entities.edit(
        edit -> {
          Stored<Group> old = found.require(context, action, name, values);
          var grants = change.apply(edit, old.value());
          edit.replace(Kind.GROUP, old, old.value().withGrants(grants));
          return grants;
        });
  }
}
