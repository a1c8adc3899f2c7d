package io.coffer.auth.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request: condition keys and their values. Keys that follow from the caller
 * (aws:username, aws:PrincipalTag/…) need not be here.
 */
@FunctionalInterface
public interface ConditionValues {
  /**
   * The values of a key; none if the request does not have it.
   *
   * @param key in lower case
   */
  List<String> get(String key);

  /** No values. */
  static ConditionValues none() {
    return key -> List.of();
  }

  /** Collects values. */
  static Builder builder() {
    return new Builder();
  }

  /**
   * Collects values. Names of keys may be in any case. Suppliers and functions are called when a
   * policy asks for their key, once for each key. Neither the builder nor what it builds may be
   * used by two threads at once.
   */
  final class Builder {
    private final Map<String, List<String>> values = new HashMap<>();
    private final Map<String, Supplier<List<String>>> later = new HashMap<>();
    private final Map<String, Function<String, List<String>>> families = new HashMap<>();

    private Builder() {}

    /** A key of one value; null is none. */
    public Builder put(String key, @Nullable String value) {
      return value == null ? this : put(key, List.of(value));
    }

    /** A key of several values. */
    public Builder put(String key, List<String> all) {
      values.put(lower(key), List.copyOf(all));
      return this;
    }

    /** A key whose values take work. */
    public Builder later(String key, Supplier<List<String>> supplier) {
      later.put(lower(key), supplier);
      return this;
    }

    /**
     * All keys with a prefix, such as {@code s3:ExistingObjectTag/}.
     *
     * @param prefix ends with its first slash
     * @param function from what follows the prefix, in lower case, to the values
     */
    public Builder family(String prefix, Function<String, List<String>> function) {
      families.put(lower(prefix), function);
      return this;
    }

    /** The values. */
    public ConditionValues build() {
      var known = new HashMap<>(values);
      return key -> {
        var found = known.get(key);
        if (found == null) {
          found = compute(key);
          known.put(key, found);
        }
        return found;
      };
    }

    private List<String> compute(String key) {
      var supplier = later.get(key);
      if (supplier != null) {
        return supplier.get();
      }
      int slash = key.indexOf('/');
      var function = slash < 0 ? null : families.get(key.substring(0, slash + 1));
      return function == null ? List.of() : function.apply(key.substring(slash + 1));
    }

    private static String lower(String key) {
      return key.toLowerCase(Locale.ROOT);
    }
  }
}
