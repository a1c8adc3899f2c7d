package io.coffer.auth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.function.UnaryOperator;

/** The canonical query string of Signature V4: parameters sorted by name, then by value. */
final class CanonicalQuery {
  private CanonicalQuery() {}

  /** Every name and value decoded and encoded again; a plus sign is a blank, as S3 reads it. */
  static String normalised(String raw, boolean presigned) {
    return of(raw, presigned, text -> UriEncoding.canonical(text, false, true));
  }

  /** Names and values exactly as the client wrote them: some clients sign what they send. */
  static String asSent(String raw, boolean presigned) {
    return of(raw, presigned, UnaryOperator.identity());
  }

  private static String of(String raw, boolean presigned, UnaryOperator<String> form) {
    if (raw.isEmpty()) {
      return "";
    }
    var parameters = new ArrayList<Parameter>();
    for (int from = 0; from < raw.length(); ) {
      int end = raw.indexOf('&', from);
      end = end < 0 ? raw.length() : end;
      if (end > from) {
        int equals = raw.indexOf('=', from);
        int nameEnd = equals < 0 || equals > end ? end : equals;
        var name = form.apply(raw.substring(from, nameEnd));
        var value = nameEnd == end ? "" : form.apply(raw.substring(nameEnd + 1, end));
        if (!presigned || !name.equals(PresignedQuery.SIGNATURE)) {
          parameters.add(new Parameter(name, value));
        }
      }
      from = end + 1;
    }
    Collections.sort(parameters);
    var out = new StringBuilder(raw.length() + 16);
    for (var parameter : parameters) {
      out.append(out.isEmpty() ? "" : "&").append(parameter.name).append('=');
      out.append(parameter.value);
    }
    return out.toString();
  }

  private record Parameter(String name, String value) implements Comparable<Parameter> {
    @Override
    public int compareTo(Parameter other) {
      int byName = name.compareTo(other.name);
      return byName != 0 ? byName : value.compareTo(other.value);
    }
  }
}
