package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the Condition of a statement. Source: as {@link Condition}. */
final class ConditionReader {
  private final PolicyKind kind;
  private final Policy.Version version;

  ConditionReader(PolicyKind kind, Policy.Version version) {
    this.kind = kind;
    this.version = version;
  }

  List<Condition> read(JsonNode node) {
    if (!node.isObject()) {
      throw fault("Invalid policy syntax.");
    }
    var conditions = new ArrayList<Condition>();
    for (var member : node.properties()) {
      var operator = ConditionOperator.parse(member.getKey());
      if (operator == null) {
        throw fault("Invalid Condition type : " + member.getKey());
      }
      if (!member.getValue().isObject()) {
        throw fault("Invalid policy syntax.");
      }
      for (var key : member.getValue().properties()) {
        conditions.add(condition(operator, key.getKey(), key.getValue()));
      }
    }
    return conditions;
  }

  private Condition condition(ConditionOperator operator, String key, JsonNode value) {
    if (!S3ConditionKeys.isKnown(key)) {
      throw fault(
          kind == PolicyKind.RESOURCE
              ? "Policy has an invalid condition key"
              : "Invalid condition key: " + key);
    }
    var comparison = operator.comparison();
    boolean variables =
        version == Policy.Version.V2012
            && comparison != Comparison.NULL
            && comparison.type().hasVariables();
    var templates = new ArrayList<Template>();
    try {
      for (var text : values(value)) {
        templates.add(Template.parse(text, variables));
      }
      return new Condition(operator, key, templates);
    } catch (IllegalArgumentException e) {
      throw fault(
          "Invalid value for condition %s %s: %s".formatted(operator.text(), key, e.getMessage()));
    }
  }

  private List<String> values(JsonNode node) {
    var texts = new ArrayList<String>();
    if (node.isArray()) {
      for (var each : node) {
        texts.add(text(each));
      }
    } else {
      texts.add(text(node));
    }
    if (texts.isEmpty()) {
      throw fault("Invalid policy syntax.");
    }
    return texts;
  }

  /** Numbers and booleans need no quotation marks. */
  private String text(JsonNode node) {
    if (node.isString()) {
      return node.stringValue();
    }
    if (node.isBoolean() || node.isNumber()) {
      return node.asString();
    }
    throw fault("Invalid policy syntax.");
  }

  private MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(kind, message);
  }
}
