package io.coffer.auth;

import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The names of the headers that a signature covers, in lower case and in the client's order. */
record SignedHeaders(List<String> names) {

  /** Reads {@code host;x-amz-date}; null when a name is empty or comes twice. */
  static @Nullable SignedHeaders parse(String text) {
    var names = List.of(text.toLowerCase(Locale.ROOT).split(";", -1));
    return names.contains("") || new HashSet<>(names).size() != names.size()
        ? null
        : new SignedHeaders(names);
  }

  String text() {
    return String.join(";", names);
  }

  boolean contains(String name) {
    return names.contains(name);
  }

  /**
   * Host and every x-amz-* header that came must be signed: else somebody on the way could add one.
   *
   * @throws io.coffer.model.S3Exception AccessDenied
   */
  void requireFor(Headers headers) {
    var missing = new ArrayList<String>();
    if (!contains("host")) {
      missing.add("host");
    }
    for (var field : headers.startingWith("x-amz-")) {
      if (!contains(field.name()) && !missing.contains(field.name())) {
        missing.add(field.name());
      }
    }
    if (!missing.isEmpty()) {
      throw S3Error.ACCESS_DENIED
          .exception("There were headers present in the request which were not signed")
          .with("HeadersNotSigned", String.join(", ", missing));
    }
  }
}
