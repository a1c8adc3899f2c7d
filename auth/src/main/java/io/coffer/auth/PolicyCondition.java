package io.coffer.auth;

import java.util.Map;

/**
 * One condition of a POST policy. Source: Amazon S3 API Reference, "Creating a POST Policy".
 *
 * <p>Names are in lower case, since forms do not distinguish case.
 */
sealed interface PolicyCondition {
  /** Whether a form satisfies it; a field that is not there satisfies none. */
  boolean holds(Map<String, String> fields);

  /** The field has exactly this value. */
  record Equal(String field, String value) implements PolicyCondition {
    @Override
    public boolean holds(Map<String, String> fields) {
      return value.equals(fields.get(field));
    }

    /** As AWS shows it. */
    @Override
    public String toString() {
      return "[\"eq\", \"$" + field + "\", \"" + value + "\"]";
    }
  }

  /** The field starts so; of a list of content types each does. */
  record StartsWith(String field, String prefix) implements PolicyCondition {
    @Override
    public boolean holds(Map<String, String> fields) {
      var value = fields.get(field);
      if (value == null) {
        return false;
      }
      if (!field.equals("content-type") || value.indexOf(',') < 0) {
        return value.startsWith(prefix);
      }
      for (var type : value.split(",", -1)) {
        if (!type.strip().startsWith(prefix)) {
          return false;
        }
      }
      return true;
    }

    /** As AWS shows it. */
    @Override
    public String toString() {
      return "[\"starts-with\", \"$" + field + "\", \"" + prefix + "\"]";
    }
  }

  /** The file has so many bytes, both bounds included; checked when it has been read. */
  record LengthRange(long min, long max) implements PolicyCondition {
    @Override
    public boolean holds(Map<String, String> fields) {
      return true;
    }
  }
}
