package io.coffer.auth.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A case of the tables beside this class: lines {@code name: value}, and an empty line behind each
 * case. Statements without Version are of 2012-10-17. Without {@code by} it is user alice of
 * account 1, without {@code do} s3:GetObject on arn:aws:s3:::b/k, without {@code owner} account 1;
 * {@code if} is the condition of an identity policy that allows everything.
 *
 * @param page of AWS's documentation
 */
record PolicyCase(String file, String page, String name, Map<String, List<String>> lines) {
  static final List<String> FILES =
      List.of("strings", "typed", "sets", "elements", "principals", "accounts", "examples");

  static List<PolicyCase> all() {
    return FILES.stream().flatMap(file -> read(file).stream()).toList();
  }

  static List<PolicyCase> read(String file) {
    var cases = new ArrayList<PolicyCase>();
    var page = "";
    Map<String, List<String>> lines = new LinkedHashMap<>();
    for (var line : text(file + ".cases").lines().toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith("#") || line.isEmpty()) {
        continue;
      }
      var name = line.substring(0, colon);
      var value = line.substring(colon + 1).strip();
      if (name.equals("page")) {
        page = value;
        continue;
      }
      if (name.equals("case")) {
        lines = new LinkedHashMap<>();
        cases.add(new PolicyCase(file, page, value, lines));
      }
      lines.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
    }
    return cases;
  }

  static String text(String resource) {
    try (var in = PolicyCase.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException(resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(String name, String otherwise) {
    return all(name).isEmpty() ? otherwise : all(name).get(0);
  }

  private List<String> all(String name) {
    return lines.getOrDefault(name, List.of());
  }

  String then() {
    return line("then", "");
  }

  RequestContext request() {
    var action = line("do", "s3:GetObject arn:aws:s3:::b/k").split(" ", 2);
    var given = new LinkedHashMap<String, List<String>>();
    for (var with : all("with")) {
      int equals = with.indexOf('=');
      given
          .computeIfAbsent(with.substring(0, equals), key -> new ArrayList<>())
          .add(with.substring(equals + 1));
    }
    var values = ConditionValues.builder();
    given.forEach(values::put);
    return new RequestContext(
        Callers.of(line("by", "user 1 alice")), action[0], action[1], values.build());
  }

  PolicySet policies() {
    var identity = new ArrayList<>(named("identity", PolicyKind.IDENTITY));
    for (var condition : all("if")) {
      var statement =
          "{\"Effect\": \"Allow\", \"Action\": \"*\", \"Resource\": \"*\", \"Condition\": "
              + condition
              + "}";
      identity.add(new NamedPolicy("if", read(statement, PolicyKind.IDENTITY)));
    }
    var resource = first("bucket", PolicyKind.RESOURCE);
    return new PolicySet(
        identity,
        first("boundary", PolicyKind.BOUNDARY),
        named("session", PolicyKind.SESSION),
        resource == null ? first("trust", PolicyKind.TRUST) : resource,
        Callers.account(line("owner", "1")).id());
  }

  private @Nullable NamedPolicy first(String name, PolicyKind kind) {
    var all = named(name, kind);
    return all.isEmpty() ? null : all.get(0);
  }

  private List<NamedPolicy> named(String name, PolicyKind kind) {
    var policies = new ArrayList<NamedPolicy>();
    for (var text : all(name)) {
      policies.add(new NamedPolicy(name + (policies.size() + 1), read(text, kind)));
    }
    return policies;
  }

  static Policy read(String text, PolicyKind kind) {
    var whole =
        text.contains("\"Statement\"")
            ? text
            : "{\"Version\": \"2012-10-17\", \"Statement\": " + text + "}";
    return PolicyReader.read(whole, kind);
  }

  @Override
  public String toString() {
    return file + ": " + name;
  }
}
