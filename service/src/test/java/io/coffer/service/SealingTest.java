package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Credential;
import io.coffer.service.identity.AccessKeys;
import io.coffer.service.identity.KeyRing;
import io.coffer.service.identity.SealKey;
import io.coffer.service.identity.WrongSealKey;
import io.coffer.storage.Batch;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.memory.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SealingTest {
  private static final String SECRET = "a-secret-that-must-not-be-seen";

  private final Storage storage = MemoryStorage.create();

  private Service start(Storage on, SealKey... keys) {
    var settings = new ServiceSettings("us-east-1").withKeys(new KeyRing(List.of(keys)));
    return new Service(on, Environment.system(), settings);
  }

  private static List<Credential> credentials(int count) {
    var all = new ArrayList<Credential>();
    for (int i = 0; i < count; i++) {
      all.add(new Credential("KEY" + i, SECRET + i, Store.OWNER));
    }
    return all;
  }

  /** As versions before this one wrote it. */
  private void putOfFormat1(String id, String secret) {
    var account =
        new RowWriter(1).text("Owner").text("Owner").text("").text(Store.OWNER.canonicalId());
    var key = new RowWriter(1).text(Store.OWNER.id()).text(secret);
    storage.commit(
        Batch.in(Paths.ACCOUNTS, UUID.randomUUID())
            .put(Paths.account(Store.OWNER.id()), account.finish())
            .put(AccessKeys.path(id), key.finish())
            .build());
  }

  private static String secret(Service service, String id) {
    return Objects.requireNonNull(service.accounts().find(id)).secretAccessKey();
  }

  private boolean isInTheClear() {
    return rows().stream().anyMatch(row -> text(row.value()).contains(SECRET));
  }

  private List<Row> rows() {
    return Given.rows(storage, Paths.ACCOUNTS);
  }

  private static String text(Bytes bytes) {
    return new String(bytes.unsafeArray(), StandardCharsets.ISO_8859_1);
  }

  @Test
  void secretsOfEarlierVersionsAreSealedAtTheStart() {
    putOfFormat1("OLD", SECRET);
    assertTrue(isInTheClear());
    try (var service = start(storage, SealKey.random())) {
      assertFalse(isInTheClear());
      assertEquals(SECRET, secret(service, "OLD"));
      service.accounts().declare(Store.OWNER, List.of());
      assertNull(service.accounts().find("OLD"));
    }
  }

  @Test
  void nothingIsChangedByAServerWithAnotherKey() {
    try (var service = start(storage, SealKey.random())) {
      service.accounts().declare(Store.OWNER, credentials(3));
    }
    var before = rows();
    assertThrows(WrongSealKey.class, () -> start(storage, SealKey.random()));
    assertEquals(before, rows());
    assertFalse(isInTheClear());
  }

  @Test
  void aNewKeySealsAllAndTheOldOneIsNeededNoMore() {
    var old = SealKey.random();
    var next = SealKey.random();
    try (var service = start(storage, old)) {
      service.accounts().declare(Store.OWNER, credentials(16));
    }
    try (var service = start(storage, next, old)) {
      assertEquals(SECRET + 7, secret(service, "KEY7"));
    }
    try (var service = start(storage, next)) {
      assertEquals(SECRET + 7, secret(service, "KEY7"));
    }
    assertThrows(WrongSealKey.class, () -> start(storage, old));
  }

  /** Fails each commit from some on, as a crash would. */
  private Storage crashingAfter(int commits) {
    var left = new AtomicInteger(commits);
    return Intercepted.over(
        storage,
        (method, arguments, call) -> {
          if (method.equals("commit") && left.getAndDecrement() <= 0) {
            throw new StorageException.Failure("crashed", null);
          }
          return call.proceed();
        });
  }

  @Test
  void aCrashWhileSecretsAreSealedAnewLosesNothing() {
    var old = SealKey.random();
    var next = SealKey.random();
    for (int commits = 0; commits < 4; commits++) {
      var key = "of format 1, " + commits;
      putOfFormat1(key, SECRET);
      var crashing = crashingAfter(commits);
      try {
        start(crashing, next, old).close();
      } catch (StorageException e) {
        assertEquals("crashed", e.getMessage());
      }
      try (var service = start(storage, next, old)) {
        assertEquals(SECRET, secret(service, key));
      }
      (commits % 2 == 0 ? start(storage, old, next) : start(storage, next, old)).close();
    }
  }

  @Test
  void aRowThatWasMovedToAnotherKeyIsNotOpened() {
    var key = SealKey.random();
    try (var service = start(storage, key)) {
      service.accounts().declare(Store.OWNER, credentials(2));
    }
    var row = storage.get(new RowKey(Paths.ACCOUNTS, AccessKeys.path("KEY0"))).orElseThrow();
    storage.commit(
        Batch.in(Paths.ACCOUNTS, UUID.randomUUID())
            .put(AccessKeys.path("KEY1"), row.value())
            .build());
    try (var service = start(storage, key)) {
      assertThrows(IllegalStateException.class, () -> service.accounts().find("KEY1"));
    }
  }
}
