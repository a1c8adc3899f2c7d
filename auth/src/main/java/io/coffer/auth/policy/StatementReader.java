package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the statements of a policy. Source: as {@link PolicyReader}. */
final class StatementReader {
  private final PolicyKind kind;
  private final Policy.Version version;
  private final @Nullable String bucket;

  /**
   * A reader.
   *
   * @param bucket of which resources must be; null for any
   */
  StatementReader(PolicyKind kind, Policy.Version version, @Nullable String bucket) {
    this.kind = kind;
    this.version = version;
    this.bucket = bucket;
  }

  /** The elements of one statement, before they are checked. */
  private static final class Elements {
    @Nullable String sid;
    @Nullable Effect effect;
    @Nullable Principals principals;
    @Nullable Actions actions;
    @Nullable Resources resources;
    List<Condition> conditions = List.of();
  }

  Statement read(JsonNode node, int index) {
    if (!node.isObject()) {
      throw fault("Invalid policy syntax.");
    }
    var elements = new Elements();
    for (var member : node.properties()) {
      element(elements, member.getKey(), member.getValue());
    }
    return check(elements, index);
  }

  private void element(Elements elements, String name, JsonNode value) {
    switch (name) {
      case "Sid" -> elements.sid = sid(value);
      case "Effect" -> elements.effect = effect(value);
      case "Principal", "NotPrincipal" -> {
        if (!kind.hasPrincipal()) {
          throw fault("Policy document should not specify a principal.");
        }
        twice(elements.principals);
        elements.principals = new PrincipalReader(kind).read(value, name.equals("NotPrincipal"));
      }
      case "Action", "NotAction" -> {
        twice(elements.actions);
        elements.actions = actions(name.equals("NotAction"), texts(value, "Action"));
      }
      case "Resource", "NotResource" -> {
        if (kind == PolicyKind.TRUST) {
          throw fault("Has prohibited field Resource");
        }
        twice(elements.resources);
        elements.resources = resources(name.equals("NotResource"), texts(value, "Resource"));
      }
      case "Condition" -> elements.conditions = new ConditionReader(kind, version).read(value);
      default ->
          throw fault(
              kind == PolicyKind.RESOURCE ? "Unknown field " + name : "Syntax errors in policy.");
    }
  }

  private void twice(@Nullable Object before) {
    if (before != null) {
      throw fault("Invalid policy syntax.");
    }
  }

  private Statement check(Elements found, int index) {
    if (found.effect == null) {
      throw fault("Missing required field Effect");
    }
    if (kind.hasPrincipal() && found.principals == null) {
      throw fault("Missing required field Principal");
    }
    if (found.principals != null
        && found.principals.negated()
        && (found.effect == Effect.ALLOW || kind == PolicyKind.TRUST)) {
      throw fault(
          kind == PolicyKind.TRUST
              ? "Has prohibited field NotPrincipal"
              : "Allow with NotPrincipal is not allowed.");
    }
    if (found.actions == null) {
      throw fault(missing("Action", "Policy statement must contain actions."));
    }
    if (kind != PolicyKind.TRUST && found.resources == null) {
      throw fault(missing("Resource", "Policy statement must contain resources."));
    }
    var statement =
        new Statement(
            index,
            found.sid,
            found.effect,
            found.principals,
            found.actions,
            found.resources,
            found.conditions);
    if (kind == PolicyKind.RESOURCE) {
      new BucketStatementCheck(statement, bucket).check();
    }
    return statement;
  }

  private String missing(String field, String elsewhere) {
    return kind == PolicyKind.RESOURCE ? "Missing required field " + field : elsewhere;
  }

  private String sid(JsonNode node) {
    if (!node.isString()) {
      throw fault("Invalid policy syntax.");
    }
    var sid = node.stringValue();
    if (kind != PolicyKind.RESOURCE && !sid.chars().allMatch(StatementReader::isAlphanumeric)) {
      throw fault(
          "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular"
              + " expression [0-9A-Za-z]*");
    }
    return sid;
  }

  private static boolean isAlphanumeric(int c) {
    return c < 128 && Character.isLetterOrDigit(c);
  }

  private Effect effect(JsonNode node) {
    for (var effect : Effect.values()) {
      if (node.isString() && node.stringValue().equals(effect.word())) {
        return effect;
      }
    }
    throw fault("Invalid effect: " + (node.isString() ? node.stringValue() : node.toString()));
  }

  private Actions actions(boolean negated, List<String> patterns) {
    for (var pattern : patterns) {
      checkAction(pattern);
    }
    return new Actions(negated, patterns);
  }

  private void checkAction(String action) {
    int colon = action.indexOf(':');
    boolean formed = colon > 0 && colon < action.length() - 1 && action.indexOf(':', colon + 1) < 0;
    if (kind == PolicyKind.TRUST) {
      if (!formed || !action.regionMatches(true, 0, "sts:", 0, 4)) {
        throw fault("AssumeRole policy may only specify STS AssumeRole actions.");
      }
    } else if (!formed && !action.equals("*")) {
      throw fault(
          kind == PolicyKind.RESOURCE
              ? "Policy has invalid action"
              : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
    }
  }

  private Resources resources(boolean negated, List<String> texts) {
    var templates = new ArrayList<Template>();
    for (var text : texts) {
      if (!text.equals("*") && !isArn(text)) {
        throw fault(
            kind == PolicyKind.RESOURCE
                ? "Policy has invalid resource"
                : "Resource " + text + " must be in ARN format or \"*\".");
      }
      templates.add(template(text));
    }
    return new Resources(negated, templates);
  }

  /** Six parts, of which the first is "arn" and variables are in the last alone. */
  private boolean isArn(String text) {
    if (!text.startsWith("arn:") || !ArnPattern.hasSixParts(text)) {
      return false;
    }
    int variable = version == Policy.Version.V2012 ? text.indexOf("${") : -1;
    return variable < 0 || ArnPattern.hasSixParts(text.substring(0, variable));
  }

  private Template template(String text) {
    try {
      return Template.parse(text, version == Policy.Version.V2012);
    } catch (IllegalArgumentException e) {
      throw fault("Invalid policy syntax: " + e.getMessage());
    }
  }

  /** A text, or a list of at least one. */
  private List<String> texts(JsonNode node, String field) {
    if (node.isString()) {
      return List.of(node.stringValue());
    }
    if (!node.isArray()) {
      throw fault("Invalid policy syntax.");
    }
    if (node.isEmpty()) {
      throw fault(missing(field, "Policy statement must contain " + lower(field) + "s."));
    }
    var texts = new ArrayList<String>();
    for (var each : node) {
      if (!each.isString()) {
        throw fault("Invalid policy syntax.");
      }
      texts.add(each.stringValue());
    }
    return texts;
  }

  private static String lower(String field) {
    return field.toLowerCase(Locale.ROOT);
  }

  private MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(kind, message);
  }
}
