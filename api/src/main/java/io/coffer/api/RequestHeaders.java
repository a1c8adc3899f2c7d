package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_ARGUMENT;

import io.coffer.model.Headers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields of a request as values of its members. */
final class RequestHeaders {
  private static final String CONTENT_ENCODING = "Content-Encoding";

  private RequestHeaders() {}

  /**
   * A field; repeated ones are joined by commas (RFC 9110 §5.3).
   *
   * @return null when it is absent
   */
  static @Nullable String value(Headers headers, String name) {
    var value = joined(headers, name);
    return value != null && name.equalsIgnoreCase(CONTENT_ENCODING)
        ? withoutAwsChunked(value)
        : value;
  }

  private static @Nullable String joined(Headers headers, String name) {
    String joined = null;
    for (var field : headers.fields()) {
      if (field.name().equalsIgnoreCase(name)) {
        joined = joined == null ? field.value() : joined + "," + field.value();
      }
    }
    return joined;
  }

  /** The coding of the transfer is no coding of the object. Null when nothing else is left. */
  private static @Nullable String withoutAwsChunked(String value) {
    if (!value.toLowerCase(Locale.ROOT).contains("aws-chunked")) {
      return value;
    }
    var kept = new ArrayList<String>();
    for (var coding : value.split(",", -1)) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("aws-chunked")) {
        kept.add(coding.strip());
      }
    }
    return kept.isEmpty() ? null : String.join(",", kept);
  }

  /**
   * User metadata: names in lower case and without the prefix.
   *
   * @param prefix in any case
   */
  static Map<String, String> prefixed(Headers headers, String prefix) {
    var values = new LinkedHashMap<String, String>();
    for (var field : headers.startingWith(prefix)) {
      var name = field.name().substring(prefix.length());
      if (!name.isEmpty()) {
        var text = EncodedWords.decode(field.value());
        values.merge(name, text, (first, next) -> first + "," + next);
      }
    }
    return values;
  }

  /** Whether a character must not be in a field (RFC 9110 §5.5). */
  static boolean isControl(char c) {
    return (c < 0x20 && c != '\t') || c == 0x7F;
  }

  /**
   * Checks a value that a client wants to see in a header of an answer.
   *
   * @throws io.coffer.model.S3Exception InvalidArgument
   */
  static void checkOverride(String name, String value) {
    if (value.chars().anyMatch(c -> c > 0xFF || isControl((char) c))) {
      throw INVALID_ARGUMENT
          .exception("Header value cannot be represented using ISO-8859-1.")
          .with("ArgumentName", name)
          .with("ArgumentValue", value);
    }
  }
}
