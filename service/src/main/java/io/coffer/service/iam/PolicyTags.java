package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.ListPolicyTagsRequest;
import io.coffer.model.iam.ListPolicyTagsResponse;
import io.coffer.model.iam.TagPolicyRequest;
import io.coffer.model.iam.TagPolicyResponse;
import io.coffer.model.iam.UntagPolicyRequest;
import io.coffer.model.iam.UntagPolicyResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** TagPolicy, UntagPolicy and ListPolicyTags. */
final class PolicyTags {
  private final Entities entities;
  private final PolicyGate gate;

  PolicyTags(Entities entities, PolicyGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  TagPolicyResponse tag(TagPolicyRequest request, Context context) {
    var tags = TagEdits.of(request.tags());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:TagPolicy",
                  request.policyArn(),
                  values -> IamValues.requested(values, tags));
          var policy = found.value();
          edit.replace(
              Kind.POLICY, found, policy.withTags(TagEdits.with(policy.tags(), request.tags())));
          return TagPolicyResponse.builder().build();
        });
  }

  UntagPolicyResponse untag(UntagPolicyRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:UntagPolicy",
                  request.policyArn(),
                  values -> IamValues.untagged(values, request.tagKeys()));
          var policy = found.value();
          edit.replace(
              Kind.POLICY,
              found,
              policy.withTags(TagEdits.without(policy.tags(), request.tagKeys())));
          return UntagPolicyResponse.builder().build();
        });
  }

  ListPolicyTagsResponse list(ListPolicyTagsRequest request, Context context) {
    var policy = gate.open(context, "iam:ListPolicyTags", requireNonNull(request.policyArn()));
    var page = TagEdits.page(policy.value().tags(), request.marker(), request.maxItems());
    return ListPolicyTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
