package io.coffer.api;

import static io.coffer.model.CommonError.VALIDATION_ERROR;

import io.coffer.model.Constraints;
import io.coffer.model.QueryException;
import io.coffer.model.Type;
import io.coffer.model.WireEnum;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the values of one request to IAM or STS, in AWS's words. Not thread-safe.
 * Source: what the services answer; their reference gives the code alone.
 */
final class Violations {
  /** More of them help nobody. */
  private static final int MAX = 20;

  private static final int MAX_SHOWN_CHARACTERS = 256;

  /** Patterns that IAM checks later than the rest, with messages of its own. */
  private static final Map<String, String> IN_WORDS =
      Map.of(
          "[\\w+=,.@-]+",
          "It must contain only alphanumeric characters and/or the following: +=,.@_-",
          "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)",
          "It must begin and end with / and contain only alphanumeric characters and/or /"
              + " characters.");

  private final List<String> texts = new ArrayList<>();
  private @Nullable String inWords;

  void missing(String path) {
    add("Value null at '" + path + "' failed to satisfy constraint: Member must not be null");
  }

  void unknownWord(String path, String value, Type.Enumeration<?> type) {
    var words =
        Arrays.stream(type.constants().getEnumConstants())
            .map(WireEnum::wire)
            .collect(Collectors.joining(", ", "[", "]"));
    fails(path, value, false, "Member must satisfy enum value set: " + words);
  }

  /** Holds a value against the model. */
  void check(Constraints constraints, String path, Object value) {
    for (var demand : broken(constraints, value)) {
      fails(path, value, constraints.sensitive(), demand);
    }
    var pattern = constraints.pattern();
    if (pattern != null && value instanceof String text && isTooOdd(constraints, pattern, text)) {
      odd(constraints, path, pattern, text);
    }
    var items = constraints.items();
    if (items != null && values(value).stream().anyMatch(v -> !holds(items, v))) {
      fails(path, value, false, "Member must satisfy constraint: " + demands(items));
    }
  }

  private void odd(Constraints constraints, String path, String pattern, String text) {
    var words = IN_WORDS.get(pattern);
    if (words == null) {
      fails(path, text, constraints.sensitive(), demand(pattern));
    } else if (inWords == null) {
      inWords = "The specified value for " + path + " is invalid. " + words;
    }
  }

  private static List<?> values(Object value) {
    if (value instanceof Map<?, ?> map) {
      return List.copyOf(map.values());
    }
    return value instanceof List<?> list ? list : List.of();
  }

  private static boolean holds(Constraints constraints, Object value) {
    var pattern = constraints.pattern();
    return broken(constraints, value).isEmpty()
        && (pattern == null
            || !(value instanceof String text)
            || !isTooOdd(constraints, pattern, text));
  }

  /**
   * What is longer than it may be is not matched: patterns are only as cheap as texts are short.
   */
  private static boolean isTooOdd(Constraints constraints, String pattern, String text) {
    return text.length() <= constraints.max() && !Pattern.matches(pattern, text);
  }

  private static List<String> broken(Constraints constraints, Object value) {
    long size = size(value);
    var what = value instanceof Number ? "value" : "length";
    var broken = new ArrayList<String>();
    if (size > constraints.max()) {
      broken.add(atMost(what, constraints.max()));
    }
    if (size < constraints.min()) {
      broken.add(atLeast(what, constraints.min()));
    }
    return broken;
  }

  private static long size(Object value) {
    return switch (value) {
      case Number number -> number.longValue();
      case String text -> text.length();
      case List<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> 0;
    };
  }

  private static String atMost(String what, long max) {
    return "Member must have " + what + " less than or equal to " + max;
  }

  private static String atLeast(String what, long min) {
    return "Member must have " + what + " greater than or equal to " + min;
  }

  private static String demand(String pattern) {
    return "Member must satisfy regular expression pattern: " + pattern;
  }

  private static List<String> demands(Constraints items) {
    var demands = new ArrayList<String>();
    if (items.max() != Long.MAX_VALUE) {
      demands.add(atMost("length", items.max()));
    }
    if (items.min() != Long.MIN_VALUE) {
      demands.add(atLeast("length", items.min()));
    }
    var pattern = items.pattern();
    if (pattern != null) {
      demands.add(demand(pattern));
    }
    return demands;
  }

  private void fails(String path, Object value, boolean sensitive, String demand) {
    var text = sensitive ? "" : value.toString();
    var shown =
        sensitive || text.length() > MAX_SHOWN_CHARACTERS ? "Value" : "Value '" + text + "'";
    add(shown + " at '" + path + "' failed to satisfy constraint: " + demand);
  }

  private void add(String text) {
    if (texts.size() < MAX) {
      texts.add(text);
    }
  }

  /**
   * @throws QueryException ValidationError, if anything was wrong
   */
  void throwIfAny() {
    if (!texts.isEmpty()) {
      throw VALIDATION_ERROR.exception(
          "%d validation error%s detected: %s"
              .formatted(texts.size(), texts.size() == 1 ? "" : "s", String.join("; ", texts)));
    }
    if (inWords != null) {
      throw VALIDATION_ERROR.exception(inWords);
    }
  }
}
