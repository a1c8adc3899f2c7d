package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes policies as JSON on one line, lists of one as the one. */
final class PolicyWriter {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private PolicyWriter() {}

  static String write(Policy policy) {
    var document = new LinkedHashMap<String, Object>();
    document.put("Version", policy.version().text());
    if (policy.id() != null) {
      document.put("Id", policy.id());
    }
    document.put("Statement", policy.statements().stream().map(PolicyWriter::members).toList());
    return JSON.writeValueAsString(document);
  }

  static String write(Statement statement) {
    return JSON.writeValueAsString(members(statement));
  }

  private static Map<String, Object> members(Statement statement) {
    var members = new LinkedHashMap<String, Object>();
    if (statement.sid() != null) {
      members.put("Sid", statement.sid());
    }
    members.put("Effect", statement.effect().word());
    var principals = statement.principals();
    if (principals != null) {
      members.put(principals.negated() ? "NotPrincipal" : "Principal", principals(principals));
    }
    var actions = statement.actions();
    members.put(actions.negated() ? "NotAction" : "Action", oneOrAll(actions.patterns()));
    var resources = statement.resources();
    if (resources != null) {
      members.put(resources.negated() ? "NotResource" : "Resource", oneOrAll(resources.patterns()));
    }
    if (!statement.conditions().isEmpty()) {
      var operators = new LinkedHashMap<String, Map<String, Object>>();
      for (var condition : statement.conditions()) {
        operators
            .computeIfAbsent(condition.operator(), operator -> new LinkedHashMap<>())
            .put(condition.key(), oneOrAll(condition.values()));
      }
      members.put("Condition", operators);
    }
    return members;
  }

  private static Object principals(Principals principals) {
    if (principals.patterns().equals(List.of(new PrincipalPattern.Everyone()))) {
      return "*";
    }
    var types = new LinkedHashMap<String, List<String>>();
    for (var pattern : principals.patterns()) {
      types.computeIfAbsent(pattern.type(), type -> new ArrayList<>()).add(pattern.text());
    }
    var members = new LinkedHashMap<String, Object>();
    types.forEach((type, texts) -> members.put(type, oneOrAll(texts)));
    return members;
  }

  private static Object oneOrAll(List<String> texts) {
    return texts.size() == 1 ? texts.get(0) : texts;
  }
}
