package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountsTest {
  private final Store store = new Store();

  /** What somebody finds who has remembered nothing. */
  private @Nullable Credential findAfresh(String accessKeyId) {
    var settings = new ServiceSettings("us-east-1").withKeys(Store.KEYS);
    var service = new Service(store.storage, Environment.system(), settings);
    try (service) {
      return service.accounts().find(accessKeyId);
    }
  }

  private void declare(Account account, String... accessKeyIds) {
    var credentials =
        List.of(accessKeyIds).stream().map(id -> new Credential(id, "secret-of-" + id, account));
    store.service.accounts().declare(account, credentials.toList());
  }

  @Test
  void aKeyIsFoundWithItsSecretAndItsAccount() {
    declare(Store.OWNER, "FIRST");
    var expected = new Credential("FIRST", "secret-of-FIRST", Store.OWNER);
    assertEquals(expected, store.service.accounts().find("FIRST"));
    assertEquals(expected, findAfresh("FIRST"));
  }

  @Test
  void aKeyThatIsNoLongerDeclaredIsNoLongerGood() {
    declare(Store.OWNER, "FIRST", "SECOND");
    declare(Store.STRANGER, "OTHER");
    declare(Store.OWNER, "SECOND", "THIRD");
    assertNull(store.service.accounts().find("FIRST"));
    assertNull(findAfresh("FIRST"));
    for (var id : List.of("SECOND", "THIRD", "OTHER")) {
      assertEquals(store.service.accounts().find(id), findAfresh(id));
    }
    assertEquals(new Credential("OTHER", "secret-of-OTHER", Store.STRANGER), findAfresh("OTHER"));
  }

  @Test
  void aKeyMovesToTheAccountThatDeclaredItLast() {
    declare(Store.OWNER, "FIRST");
    declare(Store.STRANGER, "FIRST");
    declare(Store.OWNER);
    assertEquals(new Credential("FIRST", "secret-of-FIRST", Store.STRANGER), findAfresh("FIRST"));
  }
}
