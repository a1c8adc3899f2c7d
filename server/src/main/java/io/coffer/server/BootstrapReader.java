package io.coffer.server;

import io.coffer.auth.Account;
import io.coffer.auth.Credential;
import io.coffer.model.S3Exception;
import io.coffer.service.BucketName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads a bootstrap file, and says of the first thing that is wrong where it is. */
final class BootstrapReader {
  private static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");
  private static final Pattern CANONICAL_ID = Pattern.compile("[!-~]{1,128}");

  private static final int KEYS = 16;

  private final Path file;
  private final RootKey rootKey;
  private final Set<String> names = new HashSet<>();
  private final Set<String> canonicalIds = new HashSet<>();
  private final Set<String> accessKeys = new HashSet<>();
  private final Set<String> bucketNames = new HashSet<>();

  /** Ids of accounts by what a bucket may call its owner: the id or the name. */
  private final Map<String, String> owners = new HashMap<>();

  private BootstrapReader(Path file, Account root, RootKey rootKey) {
    this.file = file;
    this.rootKey = rootKey;
    canonicalIds.add(root.canonicalId());
    names.add(root.name());
    owners.put(root.id(), root.id());
    owners.put(root.name(), root.id());
  }

  /**
   * Reads a file.
   *
   * @param root the account that is always there; the file may name it as an owner of buckets
   * @param rootKey its key, which no other account can have
   * @throws UsageException with the place of what is wrong
   */
  static Bootstrap read(Path file, Account root, RootKey rootKey) {
    return new BootstrapReader(file, root, rootKey).read();
  }

  private Bootstrap read() {
    try {
      var mapper =
          JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      var document = new JsonPlace("", mapper.readTree(Files.readString(file)));
      document.allowOnly("accounts", "buckets");
      var accounts = document.list("accounts").stream().map(this::account).toList();
      var buckets = document.list("buckets").stream().map(this::bucket).toList();
      return new Bootstrap(accounts, buckets);
    } catch (IOException e) {
      throw UsageException.wrong(
          "The bootstrap file " + file + " cannot be read (" + Messages.of(e) + ").");
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw UsageException.wrong(
          "The bootstrap file %s is not JSON at line %d, column %d: %s."
              .formatted(file, at.getLineNr(), at.getColumnNr(), firstLine(e)));
    } catch (JsonPlace.WrongException e) {
      throw UsageException.wrong("The bootstrap file " + file + ": " + e.getMessage() + ".");
    }
  }

  private static String firstLine(JacksonException e) {
    return String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
  }

  private Bootstrap.Declared account(JsonPlace place) {
    place.allowOnly("id", "name", "displayName", "email", "canonicalId", "rootKeys");
    var id = place.text("id", ACCOUNT_ID, "12 digits");
    place.require("id", owners.put(id, id) == null, "is there twice or is the root account's");
    var name = place.text("name", NAME, "1 to 256 characters");
    place.require("name", names.add(name), "is there twice or is the root account's");
    owners.put(name, id);
    var canonicalId = place.text("canonicalId", CANONICAL_ID, "1 to 128 characters of ASCII");
    place.require(
        "canonicalId", canonicalIds.add(canonicalId), "is there twice or is the root account's");
    var account =
        new Account(
            id,
            name,
            place.has("displayName")
                ? place.text("displayName", NAME, "1 to 256 characters")
                : name,
            place.has("email") ? place.text("email", NAME, "1 to 256 characters") : "",
            canonicalId);
    return new Bootstrap.Declared(account, keys(place, account));
  }

  private List<Credential> keys(JsonPlace place, Account account) {
    var keys = place.list("rootKeys");
    place.require("rootKeys", keys.size() <= KEYS, "can have " + KEYS + " entries at most");
    return keys.stream().map(key -> key(key, account)).toList();
  }

  private Credential key(JsonPlace place, Account account) {
    place.allowOnly("accessKeyId", "secretAccessKey");
    var id = place.text("accessKeyId");
    place.require(
        "accessKeyId",
        OptionsReader.isAccessKey(id),
        "must have 3 to 128 letters, digits, '_', '-' or '.'");
    place.require("accessKeyId", accessKeys.add(id), "is there twice: " + id);
    place.require(
        "accessKeyId", !id.equals(rootKey.accessKeyId()), "is the root account's key: " + id);
    var secret = place.text("secretAccessKey");
    place.require(
        "secretAccessKey", OptionsReader.isSecretKey(secret), "must have 8 characters or more");
    return new Credential(id, secret, account);
  }

  private Bootstrap.Bucket bucket(JsonPlace place) {
    place.allowOnly("name", "account", "versioning");
    var name = place.text("name");
    try {
      place.require("name", bucketNames.add(new BucketName(name).text()), "is there twice");
    } catch (S3Exception e) {
      throw place.wrong("name", "is no name of a bucket: " + name);
    }
    var owner = owners.get(place.text("account"));
    if (owner == null) {
      throw place.wrong("account", "names no account of this file: " + place.text("account"));
    }
    boolean versioning = place.has("versioning");
    place.require(
        "versioning",
        !versioning || place.text("versioning").equals("Enabled"),
        "can only be \"Enabled\"");
    return new Bootstrap.Bucket(name, owner, versioning);
  }
}
