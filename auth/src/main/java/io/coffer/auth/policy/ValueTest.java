package io.coffer.auth.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A value of a condition in a policy, ready to be compared with values of requests. */
@FunctionalInterface
interface ValueTest {
  /** Whether a value of the request matches, before any negation. */
  boolean matches(String value, RequestContext request);

  /**
   * Prepares a value of a policy.
   *
   * @throws IllegalArgumentException it is no such value
   */
  static ValueTest of(Comparison comparison, Template template) {
    return switch (comparison.type()) {
      case STRING -> text(template, String::equals);
      case STRING_IGNORE_CASE -> text(template, String::equalsIgnoreCase);
      case PATTERN -> pattern(template);
      case ARN -> arn(template);
      case BOOL -> bool(template);
      case NUMBER -> number(comparison, template.text());
      case DATE -> date(comparison, template.text());
      case BINARY -> binary(template.text());
      case IP -> ip(template.text());
    };
  }

  /** How two texts are compared. */
  @FunctionalInterface
  interface Equality {
    boolean same(String a, String b);
  }

  private static ValueTest text(Template template, Equality equality) {
    var fixed = template.fixed();
    if (fixed != null) {
      return (value, request) -> equality.same(fixed.text(), value);
    }
    return (value, request) -> {
      var text = template.resolve(request);
      return text != null && equality.same(text.text(), value);
    };
  }

  private static ValueTest pattern(Template template) {
    var fixed = template.fixed();
    if (fixed != null) {
      var glob = Glob.of(fixed);
      return (value, request) -> glob.matches(value);
    }
    return (value, request) -> {
      var text = template.resolve(request);
      return text != null && Glob.of(text).matches(value);
    };
  }

  private static ValueTest arn(Template template) {
    var fixed = template.fixed();
    if (fixed != null) {
      var pattern = ArnPattern.of(fixed);
      return (value, request) -> pattern.matches(value);
    }
    return (value, request) -> {
      var text = template.resolve(request);
      return text != null && ArnPattern.of(text).matches(value);
    };
  }

  private static ValueTest bool(Template template) {
    var fixed = template.fixed();
    if (fixed != null && !isBool(fixed.text())) {
      throw new IllegalArgumentException("neither true nor false: " + template.text());
    }
    return text(template, (a, b) -> isBool(a) && a.equalsIgnoreCase(b));
  }

  private static boolean isBool(String text) {
    return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
  }

  private static ValueTest number(Comparison comparison, String text) {
    var wanted = Numbers.parse(text);
    if (wanted == null) {
      throw new IllegalArgumentException("not a number: " + text);
    }
    return (value, request) -> {
      BigDecimal number = Numbers.parse(value);
      return number != null && comparison.accepts(number.compareTo(wanted));
    };
  }

  private static ValueTest date(Comparison comparison, String text) {
    var wanted = Dates.parse(text);
    if (wanted == null) {
      throw new IllegalArgumentException("not a date: " + text);
    }
    return (value, request) -> {
      Instant date = Dates.parse(value);
      return date != null && comparison.accepts(date.compareTo(wanted));
    };
  }

  private static ValueTest binary(String text) {
    var wanted = decode(text);
    if (wanted == null) {
      throw new IllegalArgumentException("not base64: " + text);
    }
    return (value, request) -> Arrays.equals(wanted, decode(value));
  }

  private static byte @Nullable [] decode(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static ValueTest ip(String text) {
    var block = CidrBlock.parse(text);
    if (block == null) {
      throw new IllegalArgumentException("not an IP address or range: " + text);
    }
    return (value, request) -> {
      var address = request.address(value);
      return address != null && block.contains(address);
    };
  }
}
