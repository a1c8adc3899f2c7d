package io.coffer.service.explain;

import io.coffer.auth.policy.ConditionValues;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The condition keys of a question. What follows from caller, resource and clock need not be given;
 * how the request would come is not known unless it is. Immutable.
 */
final class Given {
  /** What requests always have, and a question has only when it says so. */
  private static final Set<String> OF_CONNECTION = Set.of("aws:sourceip", "aws:securetransport");

  private final Map<String, List<String>> values = new HashMap<>();

  /**
   * @throws WrongQuestion a key is there twice, or is none
   */
  Given(Map<String, List<String>> conditions) {
    conditions.forEach(
        (key, all) -> {
          if (key.indexOf(':') < 1) {
            throw new WrongQuestion(
                "'%s' is no condition key: these are such as aws:SourceIp or s3:prefix."
                    .formatted(key));
          }
          if (values.put(key.toLowerCase(Locale.ROOT), List.copyOf(all)) != null) {
            throw new WrongQuestion(
                "The condition key %s is there twice; upper and lower case are the same."
                    .formatted(key));
          }
        });
  }

  /** The values of a key, given in lower case; none when the question does not say. */
  List<String> get(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** With those over what a request has by itself. */
  ConditionValues over(ConditionValues others) {
    return key -> {
      var given = values.get(key);
      if (given != null) {
        return given;
      }
      return OF_CONNECTION.contains(key) ? List.of() : others.get(key);
    };
  }
}
