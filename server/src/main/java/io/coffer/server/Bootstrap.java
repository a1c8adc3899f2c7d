package io.coffer.server;

import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The accounts and buckets that a bootstrap file declares.
 *
 * @param accounts with their root keys
 * @param buckets to be created where they are missing
 */
record Bootstrap(List<Declared> accounts, List<Bucket> buckets) {
  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
  private static final Set<String> ACCOUNT_FIELDS =
      Set.of("id", "name", "displayName", "email", "canonicalId", "rootKeys");

  /** An account and its keys. */
  record Declared(Account account, List<Credential> keys) {}

  /** A bucket; {@code account} is an id. */
  record Bucket(String name, String account, boolean versioning) {}

  /**
   * Reads a file.
   *
   * @throws UsageException with the place of what is wrong
   */
  static Bootstrap read(Path file) {
    try {
      var mapper =
          JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      return new Reader(file).read(mapper.readTree(Files.readString(file)));
    } catch (IOException e) {
      throw UsageException.wrong(
          "The bootstrap file " + file + " cannot be read (" + Messages.of(e) + ").");
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw UsageException.wrong(
          "The bootstrap file %s is not JSON at line %d, column %d: %s."
              .formatted(file, at.getLineNr(), at.getColumnNr(), e.getOriginalMessage()));
    }
  }

  /** Reads one document. */
  private static final class Reader {
    private final Path file;
    private final Set<String> ids = new HashSet<>();
    private final Set<String> keyIds = new HashSet<>();

    Reader(Path file) {
      this.file = file;
    }

    Bootstrap read(JsonNode root) {
      checkFields(root, "the document", Set.of("accounts", "buckets"));
      var accounts = new ArrayList<Declared>();
      for (var node : root.path("accounts")) {
        accounts.add(account(node, "accounts[" + accounts.size() + "]"));
      }
      var buckets = new ArrayList<Bucket>();
      for (var node : root.path("buckets")) {
        buckets.add(bucket(node, "buckets[" + buckets.size() + "]", accounts));
      }
      return new Bootstrap(accounts, buckets);
    }

    private Declared account(JsonNode node, String place) {
      checkFields(node, place, ACCOUNT_FIELDS);
      var id = text(node, place, "id");
      if (!ACCOUNT_ID.matcher(id).matches()) {
        throw wrong(place + ".id", "must have 12 digits, not '" + id + "'");
      }
      if (!ids.add(id)) {
        throw wrong(place + ".id", "is there twice: " + id);
      }
      var name = text(node, place, "name");
      var account =
          new Account(
              id,
              name,
              node.path("displayName").asString(name),
              node.path("email").asString(""),
              text(node, place, "canonicalId"));
      var keys = new ArrayList<Credential>();
      for (var key : node.path("rootKeys")) {
        keys.add(key(key, place + ".rootKeys[" + keys.size() + "]", account));
      }
      return new Declared(account, keys);
    }

    private Credential key(JsonNode node, String place, Account account) {
      checkFields(node, place, Set.of("accessKeyId", "secretAccessKey"));
      var id = text(node, place, "accessKeyId");
      if (!keyIds.add(id)) {
        throw wrong(place + ".accessKeyId", "is there twice: " + id);
      }
      return new Credential(id, text(node, place, "secretAccessKey"), account);
    }

    private Bucket bucket(JsonNode node, String place, List<Declared> accounts) {
      checkFields(node, place, Set.of("name", "account", "versioning"));
      var owner = text(node, place, "account");
      var account =
          accounts.stream()
              .map(Declared::account)
              .filter(a -> a.id().equals(owner) || a.name().equals(owner))
              .findFirst()
              .orElseThrow(() -> wrong(place + ".account", "names no account: " + owner));
      var versioning = node.path("versioning").asString("");
      if (!versioning.isEmpty() && !versioning.equals("Enabled")) {
        throw wrong(place + ".versioning", "can only be \"Enabled\"");
      }
      return new Bucket(text(node, place, "name"), account.id(), !versioning.isEmpty());
    }

    private String text(JsonNode node, String place, String field) {
      var value = node.path(field);
      if (!value.isString() || value.asString().isEmpty()) {
        throw wrong(place + "." + field, "must be there, and be a text that is not empty");
      }
      return value.asString();
    }

    private void checkFields(JsonNode node, String place, Set<String> known) {
      if (!node.isObject()) {
        throw wrong(place, "must be an object");
      }
      for (var name : node.propertyNames()) {
        if (!known.contains(name)) {
          throw wrong(place, "has an unknown field '" + name + "'");
        }
      }
    }

    private UsageException wrong(String place, String what) {
      return UsageException.wrong("The bootstrap file " + file + ": " + place + " " + what + ".");
    }
  }
}
