package io.coffer.service.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.model.QueryError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.AccessKey;
import io.coffer.model.iam.CreateAccessKeyRequest;
import io.coffer.model.iam.CreateAccessKeyResponse;
import io.coffer.model.iam.CreateGroupRequest;
import io.coffer.model.iam.CreateGroupResponse;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.CreateUserResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.PutUserPolicyRequest;
import io.coffer.service.Context;
import io.coffer.service.Environment;
import io.coffer.service.Service;
import io.coffer.service.ServiceSettings;
import io.coffer.service.identity.KeyRing;
import io.coffer.storage.Storage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A service with two accounts, a clock that a test sets, and IAM as handlers are asked. */
final class IamStore implements AutoCloseable {
  static final Account ACCOUNT =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");
  static final Account OTHER =
      new Account("222222222222", "other", "Other", "other@example.com", "other-canonical");

  final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  final Storage storage;
  final KeyRing keys;
  Service service;

  /** One for all starts: ids of batches are never used again. */
  private final Random random = new Random(1);

  IamStore() {
    this(MemoryStorage.create(), KeyRing.random());
  }

  IamStore(Storage storage, KeyRing keys) {
    this.storage = storage;
    this.keys = keys;
    this.service = open();
    for (var account : List.of(ACCOUNT, OTHER)) {
      var key = new Credential("ROOT" + account.id(), "secret-of-root", account);
      service.accounts().declare(account, List.of(key));
    }
  }

  private Service open() {
    var environment = new Environment(now::get, random, false);
    return new Service(storage, environment, new ServiceSettings("us-east-1").withKeys(keys));
  }

  /** Forgets all that is only remembered. */
  void restart() {
    service.close();
    service = open();
  }

  static Context root() {
    return root(ACCOUNT);
  }

  static Context root(Account account) {
    return new Context(new Caller.Root(account, "ROOT" + account.id()), "request");
  }

  /** As a request that a key signed. */
  Context signedBy(AccessKey key) {
    return new Context(credential(key).caller(), "request");
  }

  Credential credential(AccessKey key) {
    return Objects.requireNonNull(find(key), "the key is good");
  }

  @Nullable Credential find(AccessKey key) {
    return service.accounts().find(id(key));
  }

  static String id(AccessKey key) {
    return Objects.requireNonNull(key.accessKeyId());
  }

  <O> O call(Operation operation, Object request, Class<O> output) {
    return call(operation, request, output, root());
  }

  <O> O call(Operation operation, Object request, Class<O> output, Context as) {
    try {
      return output.cast(service.call(operation, request, as));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void run(Operation operation, Object request) {
    call(operation, request, Object.class);
  }

  /** Has an operation refused, and gives the message. */
  String refused(QueryError error, Operation operation, Object request) {
    return refused(error, operation, request, root());
  }

  String refused(QueryError error, Operation operation, Object request, Context as) {
    var thrown =
        assertThrows(QueryException.class, () -> call(operation, request, Object.class, as));
    assertEquals(error, thrown.error(), thrown.getMessage());
    return String.valueOf(thrown.getMessage());
  }

  io.coffer.model.iam.User createUser(String name) {
    var request = CreateUserRequest.builder().userName(name).build();
    return Objects.requireNonNull(
        call(Operation.CREATE_USER, request, CreateUserResponse.class).user());
  }

  io.coffer.model.iam.Group createGroup(String name) {
    var request = CreateGroupRequest.builder().groupName(name).build();
    return Objects.requireNonNull(
        call(Operation.CREATE_GROUP, request, CreateGroupResponse.class).group());
  }

  AccessKey createKey(@Nullable String user) {
    var request = CreateAccessKeyRequest.builder().userName(user).build();
    return Objects.requireNonNull(
        call(Operation.CREATE_ACCESS_KEY, request, CreateAccessKeyResponse.class).accessKey());
  }

  /** Lets a user do something. */
  void allow(String user, String action, String resource) {
    run(
        Operation.PUT_USER_POLICY,
        PutUserPolicyRequest.builder()
            .userName(user)
            .policyName("allow")
            .policyDocument(policy(action, resource))
            .build());
  }

  static String policy(String action, String resource) {
    return """
        {"Version": "2012-10-17",
         "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "%s"}]}
        """
        .formatted(action, resource);
  }

  @Override
  public void close() {
    service.close();
    storage.close();
  }
}
