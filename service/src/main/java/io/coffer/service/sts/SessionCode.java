package io.coffer.service.sts;

import io.coffer.auth.Account;
import io.coffer.auth.Session;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import io.coffer.storage.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a session token says, as bytes: a row's value, packed. */
final class SessionCode {
  private static final int FORMAT = 1;

  private static final int ROOT = 0;
  private static final int USER = 1;
  private static final int ROLE = 2;
  private static final int FEDERATED = 3;
  private static final int FEDERATED_BY_ROOT = 4;

  /** A session and its secret. */
  record Read(Session session, String secret) {}

  private SessionCode() {}

  static byte[] write(Session session, String secret) {
    var out = new RowWriter(FORMAT).text(secret).text(session.account().id());
    write(out, session.identity());
    out.number(session.issued().getEpochSecond()).number(session.expires().getEpochSecond());
    texts(out, session.policies());
    texts(out, session.policyArns());
    out.map(session.tags());
    texts(out, session.transitiveTags());
    out.textOrNull(session.sourceIdentity()).textOrNull(session.provider());
    out.number(session.claims().size());
    session.claims().forEach((key, values) -> texts(out.text(key), values));
    return Packing.pack(out.finish().unsafeArray());
  }

  /**
   * Reads what was written.
   *
   * @param accounts finds the account by its id
   * @return empty when the account is no more, or a newer version of this program has written it
   */
  static Optional<Read> read(
      byte[] packed, String accessKeyId, Function<String, Optional<Account>> accounts) {
    RowReader in;
    try {
      in = new RowReader(Bytes.wrap(Packing.unpack(packed)), FORMAT);
    } catch (IllegalStateException e) {
      return Optional.empty();
    }
    var secret = in.text();
    var account = accounts.apply(in.text());
    return account.map(found -> new Read(session(in, accessKeyId, found), secret));
  }

  private static Session session(RowReader in, String accessKeyId, Account account) {
    return new Session(
        accessKeyId,
        account,
        identity(in),
        Instant.ofEpochSecond(in.number()),
        Instant.ofEpochSecond(in.number()),
        texts(in),
        texts(in),
        in.map(),
        new HashSet<>(texts(in)),
        in.textOrNull(),
        in.textOrNull(),
        claims(in));
  }

  private static void write(RowWriter out, Session.Identity identity) {
    switch (identity) {
      case Session.OfRoot root -> out.number(ROOT);
      case Session.OfUser user -> write(out.number(USER), user);
      case Session.OfRole role ->
          out.number(ROLE)
              .text(role.path())
              .text(role.name())
              .text(role.id())
              .text(role.sessionName());
      case Session.Federated federated -> {
        var issuer = federated.issuer();
        out.number(issuer == null ? FEDERATED_BY_ROOT : FEDERATED).text(federated.name());
        if (issuer != null) {
          write(out, issuer);
        }
      }
    }
  }

  private static void write(RowWriter out, Session.OfUser user) {
    out.text(user.path()).text(user.name()).text(user.id());
  }

  private static Session.Identity identity(RowReader in) {
    int kind = (int) in.number();
    return switch (kind) {
      case ROOT -> new Session.OfRoot();
      case USER -> user(in);
      case ROLE -> new Session.OfRole(in.text(), in.text(), in.text(), in.text());
      case FEDERATED -> new Session.Federated(in.text(), user(in));
      case FEDERATED_BY_ROOT -> new Session.Federated(in.text(), null);
      default -> throw new IllegalStateException("no kind of session: " + kind);
    };
  }

  private static Session.OfUser user(RowReader in) {
    return new Session.OfUser(in.text(), in.text(), in.text());
  }

  private static Map<String, List<String>> claims(RowReader in) {
    int count = (int) in.number();
    var claims = new HashMap<String, List<String>>();
    for (int i = 0; i < count; i++) {
      claims.put(in.text(), texts(in));
    }
    return claims;
  }

  private static void texts(RowWriter out, Collection<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  private static List<String> texts(RowReader in) {
    int count = (int) in.number();
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }
}
