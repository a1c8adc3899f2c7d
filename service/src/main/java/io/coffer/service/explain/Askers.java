package io.coffer.service.explain;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds whom questions are about. Thread-safe. Source: IAM User Guide, "IAM identifiers". */
final class Askers {
  private static final Pattern ARN =
      Pattern.compile(
          "arn:aws:(?:iam|sts)::([0-9]{12}):(root|user|role|assumed-role|federated-user)(?:/(.+))"
              + "?");
  private static final Pattern KEY = Pattern.compile("\\w{16,128}");
  private static final String SHAPES =
      "who is 'anonymous', an access key id, arn:aws:iam::ACCOUNT:root,"
          + " arn:aws:iam::ACCOUNT:user/NAME, arn:aws:iam::ACCOUNT:role/NAME or"
          + " arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION, where ACCOUNT has 12 digits";
  private static final String SESSION_NAME = "explained";
  private static final Duration SESSION = Duration.ofHours(1);

  private final Subjects s;

  Askers(Subjects s) {
    this.s = s;
  }

  /** The account that a text is of somebody of; empty for nobody, and for who is not there. */
  Optional<String> account(String who) {
    var arn = ARN.matcher(who);
    return arn.matches()
        ? Optional.of(arn.group(1))
        : s.accessKeys().find(who).map(found -> found.key().account());
  }

  /**
   * Who that is.
   *
   * @throws WrongQuestion nobody
   */
  Asker find(String who) {
    if (who.equals("anonymous")) {
      return new Asker(new Caller.Anonymous(), who, null, null);
    }
    var arn = ARN.matcher(who);
    if (!arn.matches()) {
      if (KEY.matcher(who).matches()) {
        return ofKey(who);
      }
      throw WrongQuestion.arn(who, SHAPES);
    }
    var account = account(arn.group(1), who);
    var name = arn.group(3) == null ? "" : arn.group(3);
    return switch (arn.group(2)) {
      case "root" -> root(account, who);
      case "user" -> user(account, last(name), who);
      case "role" -> role(account, last(name), who);
      case "assumed-role" -> session(account, name, who);
      default ->
          throw new WrongQuestion(
              "What a federated user may do depends on its session, which the server does not"
                  + " keep; ask about the user who made it.");
    };
  }

  private Account account(String id, String who) {
    return s.accounts()
        .lookup(id)
        .orElseThrow(
            () -> new WrongQuestion("There is no account %s, of which %s is.".formatted(id, who)));
  }

  private static String last(String pathAndName) {
    return pathAndName.substring(pathAndName.lastIndexOf('/') + 1);
  }

  private Asker root(Account account, String who) {
    var root = new Caller.Root(account, "");
    if (!root.arn().equals(who)) {
      throw WrongQuestion.arn(who, SHAPES);
    }
    return new Asker(root, who, who, null);
  }

  private Asker user(Account account, String name, String who) {
    var user =
        s.entities()
            .find(Kind.USER, account.id(), name)
            .map(Stored::value)
            .orElseThrow(
                () ->
                    new WrongQuestion("There is no user %s in %s.".formatted(name, account.id())));
    checkArn(user.arn(), who, "user");
    return asker(account, user);
  }

  private static Asker asker(Account account, User user) {
    var caller = new Caller.User(account, user.path(), user.name(), user.id(), "");
    return new Asker(caller, user.arn(), user.arn(), null);
  }

  private static void checkArn(String right, String given, String kind) {
    if (!right.equals(given)) {
      throw new WrongQuestion("There is no %s %s; do you mean %s?".formatted(kind, given, right));
    }
  }

  private Asker role(Account account, String name, String who) {
    var role = role(account, name);
    checkArn(role.arn(), who, "role");
    return session(account, role, SESSION_NAME, "a role asks by its sessions, such as this one: ");
  }

  private Role role(Account account, String name) {
    return s.entities()
        .find(Kind.ROLE, account.id(), name)
        .map(Stored::value)
        .orElseThrow(
            () -> new WrongQuestion("There is no role %s in %s.".formatted(name, account.id())));
  }

  private Asker session(Account account, String roleAndName, String who) {
    int slash = roleAndName.indexOf('/');
    if (slash < 1 || slash == roleAndName.length() - 1 || !who.startsWith("arn:aws:sts:")) {
      throw WrongQuestion.arn(who, SHAPES);
    }
    var role = role(account, roleAndName.substring(0, slash));
    return session(account, role, roleAndName.substring(slash + 1), "");
  }

  /** A session that nobody made: without session policies and tags. */
  private static Asker session(Account account, Role role, String name, String note) {
    var now = Instant.now();
    var session =
        new Session(
            "",
            account,
            new Session.OfRole(role.path(), role.name(), role.id(), name),
            now,
            now.plus(SESSION),
            List.of(),
            List.of(),
            Map.of(),
            Set.of(),
            null,
            null);
    return new Asker(
        new Caller.InSession(session),
        session.arn(),
        role.arn(),
        (note.isEmpty() ? "the session " : note)
            + session.arn()
            + (note.isEmpty() ? " is taken to have" : ", with")
            + " neither session policies nor session tags");
  }

  private Asker ofKey(String id) {
    if (id.startsWith("ASIA")) {
      throw new WrongQuestion(
          "What a temporary key may do stands in its session token, which the server does not keep;"
              + " ask about the role or user.");
    }
    var key =
        s.accessKeys()
            .find(id)
            .orElseThrow(() -> new WrongQuestion("There is no access key " + id + "."))
            .key();
    if (!key.active()) {
      throw new WrongQuestion(
          "The access key " + id + " is inactive: whatever is signed with it is refused.");
    }
    var account = account(key.account(), id);
    var holder = key.holder();
    return holder == null
        ? new Asker(new Caller.Root(account, id), rootArn(account), rootArn(account), null)
        : s.entities()
            .find(Kind.USER, account.id(), holder.name())
            .map(Stored::value)
            .filter(key::isOf)
            .map(user -> asker(account, user))
            .orElseThrow(() -> new WrongQuestion("The user of the access key is no more."));
  }

  private static String rootArn(Account account) {
    return new Caller.Root(account, "").arn();
  }
}
