package io.coffer.service.iam;

import io.coffer.model.iam.ListOpenIDConnectProviderTagsRequest;
import io.coffer.model.iam.ListOpenIDConnectProviderTagsResponse;
import io.coffer.model.iam.TagOpenIDConnectProviderRequest;
import io.coffer.model.iam.TagOpenIDConnectProviderResponse;
import io.coffer.model.iam.UntagOpenIDConnectProviderRequest;
import io.coffer.model.iam.UntagOpenIDConnectProviderResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;

/** The tags of OIDC providers. */
final class OidcTags {
  private final Entities entities;
  private final ProviderGate gate;

  OidcTags(Entities entities, ProviderGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  TagOpenIDConnectProviderResponse tag(TagOpenIDConnectProviderRequest request, Context context) {
    var tags = TagEdits.of(request.tags());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:TagOpenIDConnectProvider",
                  request.openIDConnectProviderArn(),
                  values -> IamValues.requested(values, tags));
          var provider = found.value();
          edit.replace(
              Kind.OIDC_PROVIDER,
              found,
              provider.withTags(TagEdits.with(provider.tags(), request.tags())));
          return TagOpenIDConnectProviderResponse.builder().build();
        });
  }

  UntagOpenIDConnectProviderResponse untag(
      UntagOpenIDConnectProviderRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:UntagOpenIDConnectProvider",
                  request.openIDConnectProviderArn(),
                  values -> IamValues.untagged(values, request.tagKeys()));
          var provider = found.value();
          edit.replace(
              Kind.OIDC_PROVIDER,
              found,
              provider.withTags(TagEdits.without(provider.tags(), request.tagKeys())));
          return UntagOpenIDConnectProviderResponse.builder().build();
        });
  }

  ListOpenIDConnectProviderTagsResponse list(
      ListOpenIDConnectProviderTagsRequest request, Context context) {
    var provider =
        gate.open(context, "iam:ListOpenIDConnectProviderTags", request.openIDConnectProviderArn())
            .value();
    var page = TagEdits.page(provider.tags(), request.marker(), request.maxItems());
    return ListOpenIDConnectProviderTagsResponse.builder()
        .tags(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }
}
