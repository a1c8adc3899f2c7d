package io.coffer.server;

import io.coffer.auth.Account;
import io.coffer.service.AccountRow;
import io.coffer.service.Service;
import io.coffer.service.identity.UniqueIds;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What operators can do to accounts and to the seal key: the table of these orders. */
final class AccountOrders {
  static final String CREATE = "account-create";
  static final String LIST = "account-list";
  static final String SHOW = "account-show";
  static final String DELETE = "account-delete";
  static final String ROTATE = "keys-rotate";

  static final String ACCOUNT = "account";
  static final String ID = "id";
  static final String NAME = "name";
  static final String DISPLAY_NAME = "displayName";
  static final String EMAIL = "email";
  static final String CANONICAL_ID = "canonicalId";
  static final String ACCESS_KEY_ID = "accessKeyId";
  static final String SECRET = "secretAccessKey";

  private static final Pattern ID_SHAPE = Pattern.compile("\\d{12}");
  private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{1,256}");
  private static final Pattern CANONICAL_ID_SHAPE = Pattern.compile("[!-~]{1,128}");
  private static final int CANONICAL_ID_BYTES = 32;

  private final Service service;
  private final SealKeys sealKeys;
  private final SecureRandom random = new SecureRandom();
  private final UniqueIds ids = new UniqueIds();

  private AccountOrders(Service service, SealKeys sealKeys) {
    this.service = service;
    this.sealKeys = sealKeys;
  }

  static Map<String, ControlCommand> commands(Service service, SealKeys sealKeys) {
    var orders = new AccountOrders(service, sealKeys);
    return Map.of(
        CREATE,
        (request, progress) -> orders.create(request),
        LIST,
        (request, progress) -> orders.list(),
        SHOW,
        (request, progress) -> orders.show(request),
        DELETE,
        (request, progress) -> orders.delete(request),
        ROTATE,
        (request, progress) -> orders.rotate());
  }

  /** An order, to be filled. */
  static ObjectNode order(String command) {
    return JsonNodeFactory.instance.objectNode().put("command", command);
  }

  private ObjectNode create(JsonNode request) {
    var name = checked(request, NAME, TEXT, "");
    var account =
        new Account(
            checked(request, ID, ID_SHAPE, freeId()),
            name,
            checked(request, DISPLAY_NAME, TEXT, name),
            request.path(EMAIL).isString() ? checked(request, EMAIL, TEXT, "") : "",
            checked(request, CANONICAL_ID, CANONICAL_ID_SHAPE, randomCanonicalId()));
    var key = ids.accessKey();
    var secret = ids.secret();
    if (!service.accounts().create(account, key, secret)) {
      throw UsageException.failed(
          "There is an account with that id, name, canonical id or e-mail address already;"
              + " 'coffer account list' shows it.");
    }
    return described(account).put(ACCESS_KEY_ID, key).put(SECRET, secret);
  }

  private static String checked(JsonNode request, String field, Pattern shape, String otherwise) {
    var value = request.path(field).asString(otherwise);
    if (!shape.matcher(value).matches()) {
      throw UsageException.wrong(
          "The %s '%s' is not allowed: it must match %s.".formatted(field, value, shape));
    }
    return value;
  }

  private String freeId() {
    while (true) {
      var id = Long.toString(random.nextLong(100_000_000_000L, 1_000_000_000_000L));
      if (service.accounts().lookup(id).isEmpty()) {
        return id;
      }
    }
  }

  private String randomCanonicalId() {
    var id = new byte[CANONICAL_ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }

  private ObjectNode list() {
    var answer = JsonNodeFactory.instance.objectNode();
    var list = answer.putArray("accounts");
    service.accounts().all().map(AccountRow::account).forEach(each -> list.add(described(each)));
    return answer;
  }

  private static ObjectNode described(Account account) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(ID, account.id())
        .put(NAME, account.name())
        .put(DISPLAY_NAME, account.displayName())
        .put(EMAIL, account.email())
        .put(CANONICAL_ID, account.canonicalId());
  }

  private ObjectNode show(JsonNode request) {
    var account = find(request);
    var stored = service.accounts().stored(account.id()).orElseThrow();
    var answer = described(account);
    answer.put("alias", stored.value().alias() == null ? "" : stored.value().alias());
    answer.put("created", stored.value().created().toString());
    add(answer, "rootKeys", stored.rootKeys());
    add(answer, "has", service.accounts().belongings(account.id()));
    return answer;
  }

  private static void add(ObjectNode answer, String name, List<String> texts) {
    var list = answer.putArray(name);
    texts.forEach(list::add);
  }

  private ObjectNode delete(JsonNode request) {
    var account = find(request);
    if (account.id().equals(CofferServer.ROOT_ID)) {
      throw UsageException.failed("The root account cannot be deleted.");
    }
    var left = service.accounts().delete(account.id());
    if (!left.isEmpty()) {
      throw UsageException.failed(
          "The account %s still has %s; delete these first."
              .formatted(account.name(), String.join(", ", left)));
    }
    return described(account);
  }

  /** By its id or its name. */
  private Account find(JsonNode request) {
    var wanted = request.path(ACCOUNT).asString("");
    return service
        .accounts()
        .all()
        .map(AccountRow::account)
        .filter(each -> each.id().equals(wanted) || each.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                UsageException.failed(
                    "There is no account '%s'; 'coffer account list' shows all."
                        .formatted(wanted)));
  }

  private ObjectNode rotate() {
    var id = sealKeys.rotate(service, Instant.now());
    return JsonNodeFactory.instance.objectNode().put("key", id);
  }
}
