package io.coffer.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, decoded; of several with one name the first counts. Immutable. */
final class QueryString {
  private final Map<String, String> parameters;

  private QueryString(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /**
   * @param raw without its question mark
   * @throws io.coffer.model.S3Exception InvalidURI for bad percent-encoding
   */
  static QueryString parse(String raw) {
    var parameters = new LinkedHashMap<String, String>();
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      end = end < 0 ? raw.length() : end;
      if (end > from) {
        int equals = raw.indexOf('=', from);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        var value = nameEnd == end ? "" : raw.substring(nameEnd + 1, end);
        parameters.putIfAbsent(
            PercentEncoding.decode(raw.substring(from, nameEnd), true),
            PercentEncoding.decode(value, true));
      }
      from = end + 1;
    }
    return new QueryString(Collections.unmodifiableMap(parameters));
  }

  /** The value of a parameter; empty when it has none; null when it is not there. */
  @Nullable String first(String name) {
    return parameters.get(name);
  }

  boolean contains(String name) {
    return parameters.containsKey(name);
  }

  /** In the order in which they came. */
  Set<String> names() {
    return parameters.keySet();
  }
}
