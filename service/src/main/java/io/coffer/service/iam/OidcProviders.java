package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.CreateOpenIDConnectProviderRequest;
import io.coffer.model.iam.CreateOpenIDConnectProviderResponse;
import io.coffer.model.iam.DeleteOpenIDConnectProviderRequest;
import io.coffer.model.iam.DeleteOpenIDConnectProviderResponse;
import io.coffer.model.iam.GetOpenIDConnectProviderRequest;
import io.coffer.model.iam.GetOpenIDConnectProviderResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListOpenIDConnectProvidersRequest;
import io.coffer.model.iam.ListOpenIDConnectProvidersResponse;
import io.coffer.model.iam.OpenIDConnectProviderListEntry;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.OidcProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.List;

/** Creates, shows and deletes OIDC providers. */
final class OidcProviders {
  private static final String HTTPS = "https://";
  private static final String HTTP = "http://";

  /** Source: IAM User Guide, "IAM and AWS STS quotas". */
  private static final int MOST = 100;

  private final Entities entities;
  private final Access access;
  private final ProviderGate gate;
  private final InstantSource clock;

  OidcProviders(Subjects s, ProviderGate gate) {
    this.entities = s.entities();
    this.access = s.access();
    this.gate = gate;
    this.clock = s.environment().clock();
  }

  CreateOpenIDConnectProviderResponse create(
      CreateOpenIDConnectProviderRequest request, Context context) {
    var tags = TagEdits.of(request.tags());
    var url = requireNonNull(request.url());
    var provider =
        new OidcProvider(
            OwnAccount.id(context),
            name(url),
            url,
            clock.instant(),
            OidcClients.checked(requireNonNullElse(request.clientIDList(), List.of())),
            OidcClients.checkedThumbprints(request.thumbprintList()),
            tags);
    var values = context.circumstances().values();
    IamValues.requested(values, tags);
    access.require(context, "iam:CreateOpenIDConnectProvider", provider.arn(), values);
    if (!tags.isEmpty()) {
      access.require(context, "iam:TagOpenIDConnectProvider", provider.arn(), values);
    }
    entities.edit(
        edit -> {
          create(edit, provider);
          return provider;
        });
    return CreateOpenIDConnectProviderResponse.builder()
        .openIDConnectProviderArn(provider.arn())
        .tags(tags.isEmpty() ? null : TagEdits.list(tags))
        .build();
  }

  private void create(Edit edit, OidcProvider provider) {
    var account = provider.account();
    if (entities.find(Kind.OIDC_PROVIDER, account, provider.name()).isPresent()) {
      throw IamError.ENTITY_ALREADY_EXISTS.exception(
          "Provider with url " + provider.url() + " already exists.");
    }
    if (entities.list(Kind.OIDC_PROVIDER, account, null).limit(MOST).count() == MOST) {
      throw IamError.LIMIT_EXCEEDED.exception(
          "Cannot exceed quota for OpenIdConnectProvidersPerAccount: " + MOST);
    }
    edit.create(Kind.OIDC_PROVIDER, provider);
  }

  /**
   * The URL without its scheme. AWS takes https alone; whether a provider is asked over http is
   * decided where it is asked.
   */
  private static String name(String url) {
    try {
      var parsed = new URI(url);
      boolean isWeb = url.startsWith(HTTPS) || url.startsWith(HTTP);
      if (isWeb
          && parsed.getHost() != null
          && parsed.getUserInfo() == null
          && parsed.getRawQuery() == null
          && parsed.getRawFragment() == null) {
        return url.substring(url.indexOf("://") + "://".length());
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw invalid();
  }

  private static QueryException invalid() {
    return CommonError.VALIDATION_ERROR.exception("Invalid Open ID Connect Provider URL");
  }

  GetOpenIDConnectProviderResponse get(GetOpenIDConnectProviderRequest request, Context context) {
    var provider =
        gate.open(context, "iam:GetOpenIDConnectProvider", request.openIDConnectProviderArn())
            .value();
    return GetOpenIDConnectProviderResponse.builder()
        .url(shown(provider.url()))
        .createDate(provider.created())
        .clientIDList(provider.clientIds())
        .thumbprintList(provider.thumbprints())
        .tags(TagEdits.list(provider.tags()))
        .build();
  }

  /** AWS shows no scheme, as it knows one alone; another has to be told. */
  private static String shown(String url) {
    return url.startsWith(HTTPS) ? url.substring(HTTPS.length()) : url;
  }

  ListOpenIDConnectProvidersResponse list(
      ListOpenIDConnectProvidersRequest request, Context context) {
    var account = OwnAccount.id(context);
    access.require(
        context,
        "iam:ListOpenIDConnectProviders",
        "arn:aws:iam::" + account + ":oidc-provider/*",
        context.circumstances().values());
    return ListOpenIDConnectProvidersResponse.builder()
        .openIDConnectProviderList(
            entities
                .list(Kind.OIDC_PROVIDER, account, null)
                .map(found -> found.value().arn())
                .map(arn -> OpenIDConnectProviderListEntry.builder().arn(arn).build())
                .toList())
        .build();
  }

  DeleteOpenIDConnectProviderResponse delete(
      DeleteOpenIDConnectProviderRequest request, Context context) {
    return entities.edit(
        edit -> {
          edit.delete(
              gate.open(
                  context, "iam:DeleteOpenIDConnectProvider", request.openIDConnectProviderArn()));
          return DeleteOpenIDConnectProviderResponse.builder().build();
        });
  }
}
