package io.coffer.service.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.TestSubjects;
import io.coffer.storage.memory.MemoryStorage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class PermitsTest {
  private static final Account ACCOUNT =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");
  private static final String READ =
      """
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Allow", "Action": "iam:Get*", "Resource": "*"}]}
      """;
  private static final Caller.User ALICE =
      new Caller.User(ACCOUNT, "/", "Alice", "AIDAALICE", "AKIAALICE");

  private final Subjects subjects = TestSubjects.over(MemoryStorage.create());
  private final Entities entities = subjects.entities();

  private void create(Grants grants, List<String> groups) {
    var user =
        new User(
            ACCOUNT.id(),
            "/",
            "Alice",
            "AIDAALICE",
            Instant.EPOCH,
            grants,
            null,
            Map.of("team", "red"),
            groups);
    entities.edit(
        edit -> {
          edit.create(Kind.USER, user);
          return user;
        });
  }

  private void change(UnaryOperator<User> change) {
    entities.edit(
        edit -> {
          var found = entities.find(Kind.USER, ACCOUNT.id(), "alice").orElseThrow();
          edit.replace(Kind.USER, found, change.apply(found.value()));
          return found;
        });
  }

  private void require(String action) {
    subjects
        .access()
        .require(new Context(ALICE, "request"), action, "*", ConditionValues.builder());
  }

  private void assertDenied(String action) {
    var thrown = assertThrows(QueryException.class, () -> require(action));
    assertEquals(CommonError.ACCESS_DENIED, thrown.error());
  }

  @Test
  void aUserMayWhatItsPolicySaysAndNoMore() {
    create(Grants.NONE.withInline("read", READ), List.of());
    require("iam:GetUser");
    assertDenied("iam:CreateUser");
  }

  @Test
  void aChangeIsSeenByTheNextRequest() {
    create(Grants.NONE, List.of());
    assertDenied("iam:GetUser");
    change(user -> user.withGrants(user.grants().withInline("read", READ)));
    require("iam:GetUser");
    change(user -> user.withGrants(user.grants().withoutInline("read")));
    assertDenied("iam:GetUser");
  }

  @Test
  void aUserHasThePoliciesOfItsGroups() {
    var group =
        new Group(
            ACCOUNT.id(),
            "/",
            "Readers",
            "AGPA",
            Instant.EPOCH,
            Grants.NONE.withAttached("arn:aws:iam::aws:policy/IAMReadOnlyAccess"),
            1);
    entities.edit(
        edit -> {
          edit.create(Kind.GROUP, group);
          return group;
        });
    create(Grants.NONE, List.of("AGPA"));
    require("iam:GetUser");
    assertDenied("iam:DeleteUser");
  }

  @Test
  void aBoundaryThatIsNoMoreAllowsNothing() {
    create(Grants.NONE.withInline("read", READ), List.of());
    change(user -> user.withBoundary("arn:aws:iam::111111111111:policy/gone"));
    assertDenied("iam:GetUser");
  }

  @Test
  void anotherUserOfTheSameNameIsAnotherUser() {
    create(Grants.NONE.withInline("read", READ), List.of());
    var other = new Caller.User(ACCOUNT, "/", "Alice", "AIDAOTHER", "AKIAALICE");
    assertTrue(subjects.permits().of(other).isEmpty());
  }

  @Test
  void rootMayEverythingAndNobodyNothing() {
    var root = new Context(new Caller.Root(ACCOUNT, "KEY"), "request");
    subjects.access().require(root, "iam:CreateUser", "*", ConditionValues.builder());
    var nobody = new Context(new Caller.Anonymous(), "request");
    var thrown =
        assertThrows(
            QueryException.class,
            () ->
                subjects
                    .access()
                    .require(nobody, "iam:CreateUser", "*", ConditionValues.builder()));
    assertEquals(CommonError.MISSING_AUTHENTICATION_TOKEN, thrown.error());
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    create(Grants.NONE.withInline("read", READ).withAttached("a").withAttached("b"), List.of("g"));
    var read = entities.find(Kind.USER, ACCOUNT.id(), "ALICE").orElseThrow().value();
    assertEquals("arn:aws:iam::111111111111:user/Alice", read.arn());
    assertEquals(List.of("a", "b"), read.grants().attached());
    assertEquals(READ, read.grants().inline().get("read"));
    assertEquals(Map.of("team", "red"), read.tags());
    assertEquals(1, entities.list(Kind.USER, ACCOUNT.id(), null).count());
    assertEquals(0, entities.list(Kind.USER, ACCOUNT.id(), "alice").count());
    assertEquals(0, entities.list(Kind.USER, "111111111112", null).count());
  }
}
