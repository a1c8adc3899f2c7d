package io.coffer.service.iam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.model.QueryError;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.iam.CreatePolicyRequest;
import io.coffer.model.iam.CreatePolicyResponse;
import io.coffer.model.iam.CreateRoleRequest;
import io.coffer.model.iam.GetPolicyRequest;
import io.coffer.model.iam.GetPolicyResponse;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.Policy;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import io.coffer.service.TestSubjects;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.User;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The IAM of one account over memory, asked as its root or as a user. */
final class Iam {
  static final Account ACCOUNT =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");
  static final Account OTHER =
      new Account("222222222222", "other", "Other", "other@example.com", "other-canonical");
  static final String TRUST_ALL =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}\
      """;
  static final String S3_ALL =
      """
      {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}\
      """;

  final Subjects subjects = TestSubjects.over(MemoryStorage.create());
  private final Map<QueryOperation, Handler<?, ?>> table = IamOperations.of(subjects);

  Iam() {
    subjects.accounts().declare(ACCOUNT, List.of());
    subjects.accounts().declare(OTHER, List.of());
  }

  @SuppressWarnings("unchecked") // the table pairs each operation with a handler of its shapes
  <I, O> O call(Operation operation, I request, Caller caller) {
    var handler = (Handler<I, O>) Objects.requireNonNull(table.get(operation));
    try {
      return handler.handle(request, new Context(caller, "request"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  <I, O> O call(Operation operation, I request) {
    return call(operation, request, new Caller.Root(ACCOUNT, "AKIAROOT"));
  }

  String refused(QueryError error, Operation operation, Object request) {
    return refused(error, operation, request, new Caller.Root(ACCOUNT, "AKIAROOT"));
  }

  String refused(QueryError error, Operation operation, Object request, Caller caller) {
    var thrown = assertThrows(QueryException.class, () -> call(operation, request, caller));
    assertEquals(error, thrown.error(), thrown.getMessage());
    return String.valueOf(thrown.getMessage());
  }

  /** Makes a user with one inline policy of one statement that allows. */
  Caller.User user(String name, String statement) {
    var document = "{\"Version\": \"2012-10-17\", \"Statement\": " + statement + "}";
    var id = "AIDA" + "%017d".formatted(Math.abs(name.hashCode()));
    user(name, id, Grants.NONE.withInline("own", document));
    return new Caller.User(ACCOUNT, "/", name, id, "AKIA" + name);
  }

  void user(String name, String id, Grants grants) {
    var user =
        new User(ACCOUNT.id(), "/", name, id, Instant.EPOCH, grants, null, Map.of(), List.of());
    subjects
        .entities()
        .edit(
            edit -> {
              edit.create(Kind.USER, user);
              return user;
            });
  }

  void deleteUser(String name) {
    var entities = subjects.entities();
    entities.edit(
        edit -> {
          var found = entities.find(Kind.USER, ACCOUNT.id(), name).orElseThrow();
          edit.delete(found);
          return found;
        });
  }

  void role(String name) {
    call(
        Operation.CREATE_ROLE,
        CreateRoleRequest.builder().roleName(name).assumeRolePolicyDocument(TRUST_ALL).build());
  }

  /** The ARN of a new policy. */
  String policy(String name, String document) {
    var request = CreatePolicyRequest.builder().policyName(name).policyDocument(document).build();
    CreatePolicyResponse response = call(Operation.CREATE_POLICY, request);
    return Objects.requireNonNull(Objects.requireNonNull(response.policy()).arn());
  }

  Policy policy(String arn) {
    GetPolicyResponse response =
        call(Operation.GET_POLICY, GetPolicyRequest.builder().policyArn(arn).build());
    return Objects.requireNonNull(response.policy());
  }
}
