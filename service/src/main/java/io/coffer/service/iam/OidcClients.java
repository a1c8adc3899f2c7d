package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.model.iam.AddClientIDToOpenIDConnectProviderRequest;
import io.coffer.model.iam.AddClientIDToOpenIDConnectProviderResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import io.coffer.model.iam.RemoveClientIDFromOpenIDConnectProviderResponse;
import io.coffer.model.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import io.coffer.model.iam.UpdateOpenIDConnectProviderThumbprintResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What OIDC providers are trusted with: audiences, and certificates. */
final class OidcClients {
  private static final int MOST_CLIENTS = 100;
  private static final int MOST_THUMBPRINTS = 5;

  private final Entities entities;
  private final ProviderGate gate;

  OidcClients(Entities entities, ProviderGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  AddClientIDToOpenIDConnectProviderResponse add(
      AddClientIDToOpenIDConnectProviderRequest request, Context context) {
    var client = requireNonNull(request.clientID());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:AddClientIDToOpenIDConnectProvider",
                  request.openIDConnectProviderArn());
          var provider = found.value();
          var clients = new ArrayList<>(provider.clientIds());
          if (!clients.contains(client)) {
            clients.add(client);
          }
          edit.replace(Kind.OIDC_PROVIDER, found, provider.withClientIds(checked(clients)));
          return AddClientIDToOpenIDConnectProviderResponse.builder().build();
        });
  }

  RemoveClientIDFromOpenIDConnectProviderResponse remove(
      RemoveClientIDFromOpenIDConnectProviderRequest request, Context context) {
    var client = requireNonNull(request.clientID());
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:RemoveClientIDFromOpenIDConnectProvider",
                  request.openIDConnectProviderArn());
          var provider = found.value();
          var rest = provider.clientIds().stream().filter(id -> !id.equals(client)).toList();
          edit.replace(Kind.OIDC_PROVIDER, found, provider.withClientIds(rest));
          return RemoveClientIDFromOpenIDConnectProviderResponse.builder().build();
        });
  }

  UpdateOpenIDConnectProviderThumbprintResponse update(
      UpdateOpenIDConnectProviderThumbprintRequest request, Context context) {
    return entities.edit(
        edit -> {
          var found =
              gate.open(
                  context,
                  "iam:UpdateOpenIDConnectProviderThumbprint",
                  request.openIDConnectProviderArn());
          var thumbprints = checkedThumbprints(request.thumbprintList());
          edit.replace(Kind.OIDC_PROVIDER, found, found.value().withThumbprints(thumbprints));
          return UpdateOpenIDConnectProviderThumbprintResponse.builder().build();
        });
  }

  /**
   * Audiences of a provider, if they are not too many.
   *
   * @throws io.coffer.model.QueryException LimitExceeded
   */
  static List<String> checked(List<String> clients) {
    if (clients.size() > MOST_CLIENTS) {
      throw IamError.LIMIT_EXCEEDED.exception(
          "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: " + MOST_CLIENTS);
    }
    return clients;
  }

  /**
   * Thumbprints of a provider, if they are not too many; null is none.
   *
   * @throws io.coffer.model.QueryException InvalidInput
   */
  static List<String> checkedThumbprints(@Nullable List<String> thumbprints) {
    var all = requireNonNullElse(thumbprints, List.<String>of());
    if (all.size() > MOST_THUMBPRINTS) {
      throw IamError.INVALID_INPUT.exception(
          "Thumbprint list can have " + MOST_THUMBPRINTS + " entries at most.");
    }
    return all;
  }
}
