package io.coffer.auth.policy;

import io.coffer.auth.Account;
import io.coffer.auth.policy.Principal.FederatedUser.Issuer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Callers from words: {@code user 1 alice path=/t/ tag.team=red}, {@code role 1 app session},
 * {@code federated 1 name of alice}, {@code root 2}, {@code service NAME}, {@code web PROVIDER},
 * {@code anonymous}. Account 1 is 111111111111.
 */
final class Callers {
  private Callers() {}

  static Principal of(String text) {
    var words = text.split(" ");
    var options = new HashMap<String, String>();
    var tags = new HashMap<String, String>();
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals > 0) {
        var name = word.substring(0, equals);
        var value = word.substring(equals + 1);
        if (name.startsWith("tag.")) {
          tags.put(name.substring(4), value);
        } else {
          options.put(name, value);
        }
      }
    }
    var path = options.getOrDefault("path", "/");
    return switch (words[0]) {
      case "root" -> new Principal.Root(account(words[1]));
      case "user" -> user(words[1], path, words[2], tags);
      case "role" ->
          new Principal.AssumedRole(
              account(words[1]),
              path,
              words[2],
              id("AROA", words[2]),
              words[3],
              tags,
              options.get("provider"));
      case "federated" ->
          new Principal.FederatedUser(
              account(words[1]),
              words[2],
              words[4].equals("root")
                  ? new Issuer.ByRoot()
                  : new Issuer.ByUser(user(words[1], "/", words[4], Map.of())),
              tags);
      case "service" -> new Principal.Service(words[1]);
      case "web" -> new Principal.WebIdentity(words[1]);
      case "anonymous" -> new Principal.Anonymous();
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Principal.User user(
      String account, String path, String name, Map<String, String> tags) {
    return new Principal.User(account(account), path, name, id("AIDA", name), tags);
  }

  /** The account of a digit. */
  static Account account(String digit) {
    return new Account(digit.repeat(12), "account " + digit, "", "", digit.repeat(64));
  }

  private static String id(String prefix, String name) {
    var id = prefix + name.toUpperCase(Locale.ROOT);
    return id + "0".repeat(Math.max(0, 15 - id.length())) + "1";
  }
}
