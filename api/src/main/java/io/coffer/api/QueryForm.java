package io.coffer.api;

import static io.coffer.model.CommonError.MALFORMED_INPUT;
import static io.coffer.model.CommonError.MALFORMED_QUERY_STRING;

import io.coffer.auth.UriEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request to IAM or STS: of its form, or of its query. Names of what is inside
 * of something are joined by dots: {@code Tags.member.1.Key}. Source: AWS's Query protocol. Not
 * changed once it is parsed.
 */
final class QueryForm {
  private static final int MAX_PARAMETERS = 10_000;
  private static final int MAX_INDEX_DIGITS = 6;

  /** Those of the signature of a presigned request. */
  private static final String OF_SIGNATURE = "X-Amz-";

  private final TreeMap<String, String> parameters = new TreeMap<>();

  private QueryForm() {}

  /**
   * Parses strictly.
   *
   * @param query raw, without its question mark
   * @param body {@code application/x-www-form-urlencoded}
   * @throws io.coffer.model.QueryException MalformedQueryString for bad percent-encoding and for a
   *     name that comes twice, MalformedInput for more than 10,000 parameters
   */
  static QueryForm parse(String query, byte[] body) {
    var form = new QueryForm();
    form.add(query);
    form.add(new String(body, StandardCharsets.ISO_8859_1));
    return form;
  }

  private void add(String raw) {
    int from = 0;
    while (from < raw.length()) {
      int end = raw.indexOf('&', from);
      end = end < 0 ? raw.length() : end;
      if (end > from) {
        add(raw.substring(from, end), raw.substring(from, end).indexOf('='));
      }
      from = end + 1;
    }
  }

  private void add(String pair, int equals) {
    var name = decode(equals < 0 ? pair : pair.substring(0, equals));
    if (name.startsWith(OF_SIGNATURE)) {
      return;
    }
    if (parameters.size() == MAX_PARAMETERS) {
      throw MALFORMED_INPUT.exception("A request has at most 10000 parameters.");
    }
    if (parameters.put(name, decode(equals < 0 ? "" : pair.substring(equals + 1))) != null) {
      throw MALFORMED_QUERY_STRING.exception("A parameter comes more than once.");
    }
  }

  private static String decode(String raw) {
    var decoded = UriEncoding.decodeQuery(raw);
    if (decoded == null) {
      throw MALFORMED_QUERY_STRING.exception("The query string contains a syntax error.");
    }
    return decoded;
  }

  /** The value of a parameter; null when it is not there. */
  @Nullable String value(String name) {
    return parameters.get(name);
  }

  /** Whether there is anything inside of a name. */
  boolean hasInside(String name) {
    var inside = name + ".";
    var next = parameters.ceilingKey(inside);
    return next != null && next.startsWith(inside);
  }

  /**
   * The numbered names inside of a name, in the order of their numbers, which may have gaps: {@code
   * Tags.member.1} and {@code Tags.member.3} inside of {@code Tags.member}.
   *
   * @throws io.coffer.model.QueryException MalformedInput for what is no number
   */
  Collection<String> items(String name) {
    var inside = name + ".";
    var items = new TreeMap<Integer, String>();
    var next = parameters.ceilingKey(inside);
    while (next != null && next.startsWith(inside)) {
      int end = next.indexOf('.', inside.length());
      var item = end < 0 ? next : next.substring(0, end);
      items.put(index(item.substring(inside.length())), item);
      next = parameters.ceilingKey(item + '/'); // the character after the dot
    }
    return items.values();
  }

  private static int index(String text) {
    boolean isNumber =
        !text.isEmpty()
            && text.length() <= MAX_INDEX_DIGITS
            && text.charAt(0) != '0'
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!isNumber) {
      throw MALFORMED_INPUT.exception("A part of a parameter's name is not a valid index.");
    }
    return Integer.parseInt(text);
  }
}
