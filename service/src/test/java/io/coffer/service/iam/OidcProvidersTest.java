package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.model.CommonError;
import io.coffer.model.iam.AddClientIDToOpenIDConnectProviderRequest;
import io.coffer.model.iam.CreateOpenIDConnectProviderRequest;
import io.coffer.model.iam.CreateOpenIDConnectProviderResponse;
import io.coffer.model.iam.DeleteOpenIDConnectProviderRequest;
import io.coffer.model.iam.GetOpenIDConnectProviderRequest;
import io.coffer.model.iam.GetOpenIDConnectProviderResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListOpenIDConnectProvidersRequest;
import io.coffer.model.iam.ListOpenIDConnectProvidersResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.RemoveClientIDFromOpenIDConnectProviderRequest;
import io.coffer.model.iam.UpdateOpenIDConnectProviderThumbprintRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcProvidersTest {
  private static final String THUMBPRINT = "3768084dfb3d2b68b7897bf5f565da8efa1b2c3d";
  private static final String ARN =
      "arn:aws:iam::111111111111:oidc-provider/id.example.com/realms/a";

  private final Iam iam = new Iam();

  private static CreateOpenIDConnectProviderRequest creation(String url) {
    return CreateOpenIDConnectProviderRequest.builder()
        .url(url)
        .clientIDList(List.of("app"))
        .thumbprintList(List.of(THUMBPRINT))
        .build();
  }

  private String create(String url) {
    CreateOpenIDConnectProviderResponse answer =
        iam.call(Operation.CREATE_OPEN_ID_CONNECT_PROVIDER, creation(url));
    return requireNonNull(answer.openIDConnectProviderArn());
  }

  private GetOpenIDConnectProviderResponse get(String arn) {
    return iam.call(
        Operation.GET_OPEN_ID_CONNECT_PROVIDER,
        GetOpenIDConnectProviderRequest.builder().openIDConnectProviderArn(arn).build());
  }

  private void add(String client) {
    iam.call(
        Operation.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
        AddClientIDToOpenIDConnectProviderRequest.builder()
            .openIDConnectProviderArn(ARN)
            .clientID(client)
            .build());
  }

  @ParameterizedTest
  @CsvSource({
    "https://id.example.com/realms/a, id.example.com/realms/a, id.example.com/realms/a",
    "https://id.example.com:8443, id.example.com:8443, id.example.com:8443",
    "http://localhost:8080/x, localhost:8080/x, http://localhost:8080/x"
  })
  void aProviderIsNamedByItsUrl(String url, String name, String shown) {
    var arn = create(url);
    assertEquals("arn:aws:iam::111111111111:oidc-provider/" + name, arn);
    assertEquals(shown, get(arn).url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id.example.com",
        "ftp://id.example.com",
        "https://",
        "https://id.example.com?a=b",
        "https://id.example.com/#a",
        "https://me@id.example.com",
        "https://id example.com",
        "file:///etc/passwd"
      })
  void whatIsNoUrlOfAProviderIsRefused(String url) {
    assertEquals(
        "Invalid Open ID Connect Provider URL",
        iam.refused(
            CommonError.VALIDATION_ERROR,
            Operation.CREATE_OPEN_ID_CONNECT_PROVIDER,
            creation(url)));
  }

  @Test
  void clientsAreAddedAndRemovedHoweverOften() {
    create("https://id.example.com/realms/a");
    add("web");
    add("web");
    assertEquals(List.of("app", "web"), get(ARN).clientIDList());
    var removal =
        RemoveClientIDFromOpenIDConnectProviderRequest.builder()
            .openIDConnectProviderArn(ARN)
            .clientID("app")
            .build();
    iam.call(Operation.REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER, removal);
    iam.call(Operation.REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER, removal);
    assertEquals(List.of("web"), get(ARN).clientIDList());
  }

  @Test
  void clientsAndThumbprintsAreNotTooMany() {
    create("https://id.example.com/realms/a");
    IntStream.range(1, 100).forEach(i -> add("app" + i));
    iam.refused(
        IamError.LIMIT_EXCEEDED,
        Operation.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER,
        AddClientIDToOpenIDConnectProviderRequest.builder()
            .openIDConnectProviderArn(ARN)
            .clientID("more")
            .build());
    var six =
        UpdateOpenIDConnectProviderThumbprintRequest.builder()
            .openIDConnectProviderArn(ARN)
            .thumbprintList(IntStream.range(0, 6).mapToObj(i -> THUMBPRINT).toList())
            .build();
    iam.refused(IamError.INVALID_INPUT, Operation.UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT, six);
  }

  @Test
  void aProviderIsThereOnceUntilItIsDeleted() {
    create("https://id.example.com/realms/a");
    iam.refused(
        IamError.ENTITY_ALREADY_EXISTS,
        Operation.CREATE_OPEN_ID_CONNECT_PROVIDER,
        creation("https://id.example.com/realms/a"));
    var deletion =
        DeleteOpenIDConnectProviderRequest.builder().openIDConnectProviderArn(ARN).build();
    iam.call(Operation.DELETE_OPEN_ID_CONNECT_PROVIDER, deletion);
    iam.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_OPEN_ID_CONNECT_PROVIDER, deletion);
    ListOpenIDConnectProvidersResponse none =
        iam.call(
            Operation.LIST_OPEN_ID_CONNECT_PROVIDERS,
            ListOpenIDConnectProvidersRequest.builder().build());
    assertEquals(List.of(), none.openIDConnectProviderList());
  }
}
