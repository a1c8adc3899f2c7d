package io.coffer.service.sts;

import static io.coffer.service.sts.StsWorld.MAIN;
import static io.coffer.service.sts.StsWorld.NOW;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.model.QueryException;
import io.coffer.service.identity.KeyRing;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionTokensTest {
  private static final String KEY = "ASIAEXAMPLE000000001";
  private static final String SECRET = "the/secret+of=it";

  private final StsWorld world = new StsWorld();
  private final SessionTokens tokens = world.subjects.tokens();

  private static Session session(Account account, Session.Identity identity) {
    return new Session(
        KEY,
        account,
        identity,
        NOW,
        NOW.plusSeconds(900),
        List.of(StsWorld.ALL),
        List.of("arn:aws:iam::aws:policy/ReadOnlyAccess"),
        Map.of("Team", "Größe", "empty", ""),
        Set.of("Team"),
        "alice@example.com",
        "arn:aws:iam::111111111111:oidc-provider/id.example.com",
        Map.of("id.example.com:sub", List.of("alice", "b")));
  }

  @Test
  void aSessionComesBackWhoeverSpeaks() {
    var user = new Session.OfUser("/a/", "alice", "AIDAALICE");
    for (var identity :
        List.of(
            new Session.OfRoot(),
            user,
            new Session.OfRole("/x/", "builder", "AROAX", "nightly"),
            new Session.Federated("bob", user),
            new Session.Federated("bob", null))) {
      var session = session(MAIN, identity);
      var opened = tokens.open(KEY, tokens.seal(session, SECRET));
      assertNotNull(opened);
      assertEquals(new Caller.InSession(session), opened.caller());
      assertEquals(SECRET, opened.secretAccessKey());
    }
  }

  @Test
  void aTokenIsForItsKeyAloneEvenWhenItWasOpenedBefore() {
    var token = tokens.seal(session(MAIN, new Session.OfRoot()), SECRET);
    assertNotNull(tokens.open(KEY, token));
    assertNull(tokens.open("ASIAEXAMPLE000000002", token));
    assertNull(tokens.open("", token));
  }

  @Test
  void noChangedTokenIsBelieved() {
    var random = new Random(20260524);
    var token = tokens.seal(session(MAIN, new Session.OfRoot()), SECRET);
    var letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (int at = 0; at < token.length() - 1; at++) {
      var other = letters.charAt(random.nextInt(64));
      var changed = token.substring(0, at) + other + token.substring(at + 1);
      assertTrue(changed.equals(token) || tokens.open(KEY, changed) == null, "at " + at);
      assertNull(tokens.open(KEY, token.substring(0, at)));
    }
    assertNull(tokens.open(KEY, token + "AAAA"));
  }

  @Test
  void whatIsNoTokenIsNone() {
    var texts = new ArrayList<>(List.of("", "x", "====", "AQ", "A".repeat(100_000), "é"));
    var random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      var bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      texts.add(Base64.getUrlEncoder().encodeToString(bytes));
    }
    for (var text : texts) {
      assertNull(tokens.open(KEY, text));
    }
  }

  @Test
  void anotherServersTokenIsNone() {
    var other = new SessionTokens(KeyRing.random(), world.subjects.accounts());
    assertNull(tokens.open(KEY, other.seal(session(MAIN, new Session.OfRoot()), SECRET)));
  }

  @Test
  void aTokenOfAnAccountThatIsNoMoreIsNone() {
    var gone = new Account("999999999999", "gone", "Gone", "", "gone");
    assertNull(tokens.open(KEY, tokens.seal(session(gone, new Session.OfRoot()), SECRET)));
  }

  @Test
  void theSameSessionIsNeverSealedToTheSameToken() {
    var session = session(MAIN, new Session.OfRoot());
    assertNotEquals(tokens.seal(session, SECRET), tokens.seal(session, SECRET));
  }

  @Test
  void theLargestSessionThatIsMadeFitsIntoAToken() {
    var random = new Random(1);
    var tags = new HashMap<String, String>();
    for (int i = 0; ; i++) {
      tags.put("k" + i, Long.toString(random.nextLong(), 36));
      var with = new SessionTags(Map.of(), tags, Set.of());
      try {
        PackedSize.of(new SessionPolicies(List.of(), List.of()), with, Map.of());
      } catch (QueryException full) {
        break;
      }
    }
    var session =
        new Session(
            KEY,
            MAIN,
            new Session.OfRole("/" + "p".repeat(510) + "/", "n".repeat(64), "AROA", "s".repeat(64)),
            NOW,
            NOW,
            List.of(),
            List.of(),
            tags,
            tags.keySet(),
            "i".repeat(64),
            null);
    var token = tokens.seal(session, SECRET);
    assertTrue(token.length() < SessionTokens.MOST_CHARACTERS, "length " + token.length());
    assertNotNull(tokens.open(KEY, token));
  }
}
