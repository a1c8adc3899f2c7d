package io.coffer.api;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A field value with parameters: {@code form-data; name="key"; filename="a.txt"} (RFC 9110 §5.6.6).
 *
 * @param value what is before the first semicolon, in lower case
 * @param parameters by lower-case name, without quotes
 */
record FieldParameters(String value, Map<String, String> parameters) {

  static FieldParameters parse(String text) {
    int semicolon = text.indexOf(';');
    var value = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
    var parameters = new LinkedHashMap<String, String>();
    int from = semicolon < 0 ? text.length() : semicolon + 1;
    while (from < text.length()) {
      int equals = text.indexOf('=', from);
      if (equals < 0) {
        break;
      }
      var name = text.substring(from, equals).strip().toLowerCase(Locale.ROOT);
      int start = equals + 1;
      while (start < text.length() && text.charAt(start) == ' ') {
        start++;
      }
      boolean quoted = start < text.length() && text.charAt(start) == '"';
      int end = quoted ? endOfQuoted(text, start + 1) : endOfToken(text, start);
      var raw = text.substring(quoted ? start + 1 : start, end);
      parameters.putIfAbsent(name, quoted ? raw.replace("\\\"", "\"") : raw.strip());
      from = endOfToken(text, end) + 1;
    }
    return new FieldParameters(value.toLowerCase(Locale.ROOT), parameters);
  }

  /** The closing quote. Only a quote is escaped: browsers have sent paths with backslashes. */
  private static int endOfQuoted(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return text.length();
  }

  private static int endOfToken(String text, int from) {
    int semicolon = text.indexOf(';', from);
    return semicolon < 0 ? text.length() : semicolon;
  }
}
