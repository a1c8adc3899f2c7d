package io.coffer.auth;

import io.coffer.auth.PolicyCondition.Equal;
import io.coffer.auth.PolicyCondition.LengthRange;
import io.coffer.auth.PolicyCondition.StartsWith;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A parsed POST policy. Source: as {@link PolicyCondition}. */
record PolicyDocument(Instant expiration, List<PolicyCondition> conditions) {
  /** AWS takes 20 KB of form fields before the file. */
  private static final int MAX_BYTES = 20 * 1024;

  private static final int MAX_DEPTH = 4;
  private static final Set<String> MEMBERS = Set.of("expiration", "conditions");

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  // A policy writes a literal dollar sign as \$.
                  .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads the policy field of a form.
   *
   * @throws S3Exception InvalidPolicyDocument
   */
  static PolicyDocument parse(String base64) {
    var root = json(base64);
    for (var member : root.properties()) {
      if (!MEMBERS.contains(member.getKey())) {
        throw invalid("Unexpected: '" + member.getKey() + "'.");
      }
    }
    var expiration = root.get("expiration");
    if (expiration == null) {
      throw invalid("Policy missing expiration.");
    }
    var list = root.get("conditions");
    if (list == null || !list.isArray()) {
      throw invalid("Policy missing conditions.");
    }
    var conditions = new ArrayList<PolicyCondition>();
    for (var node : list) {
      conditions.add(condition(node));
    }
    return new PolicyDocument(instant(expiration), List.copyOf(conditions));
  }

  private static JsonNode json(String base64) {
    var text = base64.replaceAll("\\s", "");
    if (text.length() > MAX_BYTES * 4 / 3) {
      throw invalid("the policy is larger than " + MAX_BYTES + " bytes.");
    }
    try {
      var root = JSON.readTree(Base64.getDecoder().decode(text));
      if (root.isObject()) {
        return root;
      }
    } catch (IllegalArgumentException | JacksonException e) {
      throw invalid("Invalid JSON.");
    }
    throw invalid("Invalid JSON.");
  }

  private static Instant instant(JsonNode node) {
    try {
      if (node.isString()) {
        return Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(node.stringValue()));
      }
    } catch (DateTimeException e) {
      throw invalid("Invalid 'expiration' value: '" + node.stringValue() + "'");
    }
    throw invalid("Invalid 'expiration' value.");
  }

  private static PolicyCondition condition(JsonNode node) {
    if (node.isObject()) {
      if (node.size() != 1) {
        throw invalid(
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property"
                + " specified.");
      }
      var property = node.properties().iterator().next();
      var value = text(property.getValue());
      if (value == null) {
        throw invalid("Invalid Simple-Condition: value must be a string.");
      }
      return new Equal(property.getKey().toLowerCase(Locale.ROOT), value);
    }
    if (!node.isArray() || node.size() != 3) {
      throw invalid("Invalid Condition: a condition must be an object or a list of three.");
    }
    var operator = text(node.get(0));
    return switch (operator == null ? "" : operator.toLowerCase(Locale.ROOT)) {
      case "eq" -> new Equal(field(node.get(1)), value(node.get(2)));
      case "starts-with" -> new StartsWith(field(node.get(1)), value(node.get(2)));
      case "content-length-range" -> range(length(node.get(1)), length(node.get(2)));
      default -> throw invalid("Invalid Condition: unknown operation '" + operator + "'.");
    };
  }

  private static LengthRange range(long min, long max) {
    if (min > max) {
      throw invalid("Invalid content-length-range: the minimum is above the maximum.");
    }
    return new LengthRange(min, max);
  }

  private static String field(JsonNode node) {
    var name = text(node);
    if (name == null || name.length() < 2 || name.charAt(0) != '$') {
      throw invalid("Invalid Condition: a field must be written with a '$' before its name.");
    }
    return name.substring(1).toLowerCase(Locale.ROOT);
  }

  private static String value(JsonNode node) {
    var value = text(node);
    if (value == null) {
      throw invalid("Invalid Condition: a value must be a string.");
    }
    return value;
  }

  private static long length(JsonNode node) {
    long length = -1;
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      length = node.longValue();
    } else if (node.isString() && node.stringValue().matches("[0-9]{1,18}")) {
      length = Long.parseLong(node.stringValue());
    }
    if (length < 0) {
      throw invalid("Invalid content-length-range: a bound must be a number of bytes.");
    }
    return length;
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }

  private static S3Exception invalid(String detail) {
    return S3Error.INVALID_POLICY_DOCUMENT.exception("Invalid Policy: " + detail);
  }
}
