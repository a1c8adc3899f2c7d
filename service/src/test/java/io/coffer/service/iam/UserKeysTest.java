package io.coffer.service.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.model.CommonError;
import io.coffer.model.iam.AccessKey;
import io.coffer.model.iam.AccessKeyLastUsed;
import io.coffer.model.iam.AccessKeyMetadata;
import io.coffer.model.iam.CreateAccessKeyRequest;
import io.coffer.model.iam.DeleteAccessKeyRequest;
import io.coffer.model.iam.DeleteUserRequest;
import io.coffer.model.iam.GetAccessKeyLastUsedRequest;
import io.coffer.model.iam.GetAccessKeyLastUsedResponse;
import io.coffer.model.iam.GetUserRequest;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListAccessKeysRequest;
import io.coffer.model.iam.ListAccessKeysResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.StatusType;
import io.coffer.model.iam.UpdateAccessKeyRequest;
import io.coffer.model.iam.UpdateUserRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserKeysTest {
  private final IamStore store = new IamStore();

  @AfterEach
  void close() {
    store.close();
  }

  private void setStatus(AccessKey key, StatusType status) {
    store.run(
        Operation.UPDATE_ACCESS_KEY,
        UpdateAccessKeyRequest.builder()
            .userName(key.userName())
            .accessKeyId(key.accessKeyId())
            .status(status)
            .build());
  }

  private static DeleteAccessKeyRequest deletion(AccessKey key) {
    return DeleteAccessKeyRequest.builder()
        .userName(key.userName())
        .accessKeyId(key.accessKeyId())
        .build();
  }

  private List<AccessKeyMetadata> list(@Nullable String user) {
    var request = ListAccessKeysRequest.builder().userName(user).build();
    var keys =
        store
            .call(Operation.LIST_ACCESS_KEYS, request, ListAccessKeysResponse.class)
            .accessKeyMetadata();
    return Objects.requireNonNull(keys);
  }

  @Test
  void aKeySpeaksForItsUser() {
    var user = store.createUser("alice");
    var key = store.createKey("alice");
    var found = store.credential(key);
    assertEquals(key.secretAccessKey(), found.secretAccessKey());
    var caller = assertInstanceOf(Caller.User.class, found.caller());
    assertEquals(user.userId(), caller.id());
    assertEquals("arn:aws:iam::111111111111:user/alice", caller.arn());
    store.restart();
    assertEquals(found, store.find(key));
  }

  @Test
  void aKeyThatIsNotActiveIsNotGoodFromTheNextRequestOn() {
    store.createUser("alice");
    var key = store.createKey("alice");
    assertNotNull(store.find(key));
    setStatus(key, StatusType.INACTIVE);
    assertNull(store.find(key));
    assertEquals(StatusType.INACTIVE, list("alice").getFirst().status());
    setStatus(key, StatusType.ACTIVE);
    assertNotNull(store.find(key));
    store.run(Operation.DELETE_ACCESS_KEY, deletion(key));
    assertNull(store.find(key));
    assertEquals(List.of(), list("alice"));
    store.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_ACCESS_KEY, deletion(key));
  }

  @Test
  void aUserHasTwoKeysAtMost() {
    store.createUser("alice");
    store.createKey("alice");
    store.createKey("alice");
    assertEquals(
        "Cannot exceed quota for AccessKeysPerUser: 2",
        store.refused(
            IamError.LIMIT_EXCEEDED,
            Operation.CREATE_ACCESS_KEY,
            CreateAccessKeyRequest.builder().userName("alice").build()));
  }

  @Test
  void aKeyStaysWithItsUserThatIsRenamed() {
    store.createUser("alice");
    var key = store.createKey("alice");
    store.run(
        Operation.UPDATE_USER,
        UpdateUserRequest.builder().userName("alice").newUserName("bob").newPath("/x/").build());
    assertEquals("arn:aws:iam::111111111111:user/x/bob", store.credential(key).caller().arn());
    assertEquals("bob", list("bob").getFirst().userName());
    store.createUser("alice");
    assertEquals(List.of(), list("alice"));
  }

  @Test
  void aUserWithKeysIsNotDeleted() {
    store.createUser("alice");
    var key = store.createKey("alice");
    var deletion = DeleteUserRequest.builder().userName("alice").build();
    assertEquals(
        "Cannot delete entity, must delete access keys first.",
        store.refused(IamError.DELETE_CONFLICT, Operation.DELETE_USER, deletion));
    store.run(Operation.DELETE_ACCESS_KEY, deletion(key));
    store.run(Operation.DELETE_USER, deletion);
  }

  @Test
  void withoutANameTheCallersOwnKeysAreMeant() {
    store.createUser("alice");
    store.allow("alice", "iam:*", "arn:aws:iam::*:user/${aws:username}");
    var alice = store.signedBy(store.createKey("alice"));
    var request = ListAccessKeysRequest.builder().build();
    var answer =
        store.call(Operation.LIST_ACCESS_KEYS, request, ListAccessKeysResponse.class, alice);
    assertEquals("alice", Objects.requireNonNull(answer.accessKeyMetadata()).getFirst().userName());
    store.createUser("bob");
    store.refused(
        CommonError.ACCESS_DENIED,
        Operation.CREATE_ACCESS_KEY,
        CreateAccessKeyRequest.builder().userName("bob").build(),
        alice);
  }

  @Test
  void aKeyOfAnotherUserIsNotFoundByThisOne() {
    store.createUser("alice");
    store.createUser("bob");
    var key = store.createKey("alice");
    var request =
        DeleteAccessKeyRequest.builder().userName("bob").accessKeyId(key.accessKeyId()).build();
    assertEquals(
        "The Access Key with id " + key.accessKeyId() + " cannot be found.",
        store.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_ACCESS_KEY, request));
    var other = IamStore.root(IamStore.OTHER);
    store.refused(IamError.NO_SUCH_ENTITY, Operation.DELETE_ACCESS_KEY, deletion(key), other);
  }

  @Test
  void aRootKeyThatWasMadeOutlivesADeclaration() {
    var key = store.createKey(null);
    assertInstanceOf(Caller.Root.class, store.credential(key).caller());
    var declared = new Credential("DECLARED", "secret-of-it", IamStore.ACCOUNT);
    store.service.accounts().declare(IamStore.ACCOUNT, List.of(declared));
    assertNull(store.service.accounts().find("ROOT111111111111"));
    assertEquals(declared, store.service.accounts().find("DECLARED"));
    assertNotNull(store.find(key));
    assertEquals(2, list(null).size());
    store.run(Operation.DELETE_ACCESS_KEY, deletion(key));
    assertNull(store.find(key));
  }

  @Test
  void aKeyThatIsDeclaredIsTakenFromAUser() {
    store.createUser("alice");
    var key = store.createKey("alice");
    var taken = new Credential(IamStore.id(key), "another-secret", IamStore.OTHER);
    store.service.accounts().declare(IamStore.OTHER, List.of(taken));
    assertEquals(taken, store.find(key));
    assertEquals(List.of(), list("alice"));
  }

  private AccessKeyLastUsed lastUsed(AccessKey key) {
    var request = GetAccessKeyLastUsedRequest.builder().accessKeyId(key.accessKeyId()).build();
    var answer =
        store.call(Operation.GET_ACCESS_KEY_LAST_USED, request, GetAccessKeyLastUsedResponse.class);
    assertEquals(key.userName(), answer.userName());
    return Objects.requireNonNull(answer.accessKeyLastUsed());
  }

  @Test
  void theLastUseOfAKeyIsKeptToWithinMinutes() {
    store.createUser("alice");
    var key = store.createKey("alice");
    assertEquals("N/A", lastUsed(key).serviceName());
    assertNull(lastUsed(key).lastUsedDate());
    var alice = store.signedBy(key);
    var first = store.now.get();
    var self = GetUserRequest.builder().build();
    store.refused(CommonError.ACCESS_DENIED, Operation.GET_USER, self, alice);
    store.service.settle();
    store.now.set(first.plusSeconds(60));
    store.refused(CommonError.ACCESS_DENIED, Operation.GET_USER, self, alice);
    assertEquals(first, lastUsed(key).lastUsedDate());
    store.restart();
    assertEquals(first, lastUsed(key).lastUsedDate());
    assertEquals("iam", lastUsed(key).serviceName());
    Instant later = first.plus(Duration.ofHours(1));
    store.now.set(later);
    store.refused(CommonError.ACCESS_DENIED, Operation.GET_USER, self, alice);
    assertEquals(later, lastUsed(key).lastUsedDate());
    store.run(Operation.DELETE_ACCESS_KEY, deletion(key));
    store.service.settle();
    var gone = GetAccessKeyLastUsedRequest.builder().accessKeyId(key.accessKeyId()).build();
    var text = store.refused(IamError.NO_SUCH_ENTITY, Operation.GET_ACCESS_KEY_LAST_USED, gone);
    assertTrue(text.contains(IamStore.id(key)), text);
  }
}
