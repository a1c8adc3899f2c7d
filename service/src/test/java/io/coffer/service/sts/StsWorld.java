package io.coffer.service.sts;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.Session;
import io.coffer.model.Origin;
import io.coffer.model.QueryError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.AssumeRoleRequest;
import io.coffer.model.sts.AssumeRoleResponse;
import io.coffer.model.sts.Credentials;
import io.coffer.service.Circumstances;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.TestSubjects;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.User;
import io.coffer.storage.memory.MemoryStorage;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.function.Executable;

/** Two accounts, a user, and short ways to make roles and sessions. */
final class StsWorld {
  static final Instant NOW = Instant.parse("2026-05-24T10:00:00Z");
  static final Account MAIN = account("111111111111");
  static final Account OTHER = account("222222222222");
  static final Caller.User ALICE = new Caller.User(MAIN, "/", "alice", "AIDAALICE", "AKIAALICE");
  static final Caller.Root ROOT = new Caller.Root(MAIN, "ROOTKEY");
  static final String ALL =
      """
      {"Version": "2012-10-17",
       "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
      """;

  final Subjects subjects = TestSubjects.over(MemoryStorage.create());
  final IssuedSessions sessions = new IssuedSessions(subjects.tokens());

  StsWorld() {
    for (var account : List.of(MAIN, OTHER)) {
      var key = new Credential("KEYOF" + account.id(), "a secret of many letters", account);
      subjects.accounts().declare(account, List.of(key));
    }
    user("alice", "AIDAALICE", Grants.NONE);
  }

  private static Account account(String id) {
    return new Account(id, "a" + id, "A", "", "canonical-" + id);
  }

  void user(String name, String id, Grants grants) {
    create(Kind.USER, new User(MAIN.id(), "/", name, id, NOW, grants, null, Map.of(), List.of()));
  }

  /** A role that lasts two hours at most. */
  Role role(Account account, String name, String trust, Map<String, String> tags) {
    var role =
        new Role(
            account.id(),
            "/",
            name,
            "AROA" + name.toUpperCase(Locale.ROOT),
            NOW,
            null,
            7_200,
            trust,
            Grants.NONE,
            null,
            tags);
    create(Kind.ROLE, role);
    return role;
  }

  Role role(Account account, String name, String trust) {
    return role(account, name, trust, Map.of());
  }

  <T extends Entity> void create(Kind<T> kind, T entity) {
    subjects
        .entities()
        .edit(
            edit -> {
              edit.create(kind, entity);
              return entity;
            });
  }

  <T extends Entity> void delete(Kind<T> kind, String account, String name) {
    subjects
        .entities()
        .edit(
            edit -> {
              var found = subjects.entities().find(kind, account, name).orElseThrow();
              edit.delete(found);
              return found;
            });
  }

  /** A trust policy that lets a principal do some actions, under conditions. */
  static String trust(String principal, String actions, String conditions) {
    return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
         "Principal": {"AWS": "%s"}, "Action": [%s], "Condition": {%s}}]}
        """
        .formatted(principal, actions, conditions);
  }

  static String trust(String principal) {
    return trust(principal, "\"sts:AssumeRole\"", "");
  }

  static Context context(Caller caller) {
    var origin = new Origin(InetAddress.getLoopbackAddress(), false, null);
    return new Context(caller, "request", new Circumstances(origin, NOW, null, null, null, null));
  }

  static AssumeRoleRequest.Builder asking(Role role) {
    return AssumeRoleRequest.builder().roleArn(role.arn()).roleSessionName("nightly");
  }

  AssumeRoleResponse assume(Caller caller, Role role) {
    return assume(caller, role, request -> request);
  }

  AssumeRoleResponse assume(
      Caller caller, Role role, UnaryOperator<AssumeRoleRequest.Builder> more) {
    var request = more.apply(asking(role)).build();
    return new AssumeRole(subjects, sessions).handle(request, context(caller));
  }

  /** Who speaks with credentials that were handed out. */
  Caller.InSession caller(@Nullable Credentials credentials) {
    var given = Objects.requireNonNull(credentials);
    var found =
        subjects
            .tokens()
            .open(
                Objects.requireNonNull(given.accessKeyId()),
                Objects.requireNonNull(given.sessionToken()));
    return (Caller.InSession) Objects.requireNonNull(found).caller();
  }

  Session session(@Nullable Credentials credentials) {
    return caller(credentials).session();
  }

  static String refused(QueryError error, Executable call) {
    var thrown = Assertions.assertThrows(QueryException.class, call);
    Assertions.assertEquals(error.code(), thrown.error().code(), thrown::getMessage);
    return String.valueOf(thrown.getMessage());
  }
}
