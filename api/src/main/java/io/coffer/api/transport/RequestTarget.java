package io.coffer.api.transport;

import io.coffer.model.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The target of a request (RFC 9112 §3.2) in origin form; a target in absolute form is taken apart.
 *
 * @param path still percent-encoded, starting with a slash
 * @param query without its question mark
 * @param authority of the absolute form: it stands above Host
 */
record RequestTarget(String path, String query, @Nullable String authority) {

  static RequestTarget parse(String target) throws RefusedException {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) > '~') {
        throw bad("The target of the request has characters that must be percent-encoded.");
      }
    }
    if (target.startsWith("/")) {
      return split(target, null);
    }
    int authorityStart = target.indexOf("://") + 3;
    boolean http = target.regionMatches(true, 0, "http://", 0, 7);
    boolean https = target.regionMatches(true, 0, "https://", 0, 8);
    if (!http && !https) {
      throw bad("The target of the request must start with a slash.");
    }
    int end = authorityStart;
    while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
      end++;
    }
    var authority = target.substring(authorityStart, end);
    if (!validAuthority(authority)) {
      throw bad("The authority in the target of the request is not valid.");
    }
    var rest = target.substring(end);
    return split(rest.startsWith("/") ? rest : "/" + rest, authority);
  }

  private static RequestTarget split(String pathAndQuery, @Nullable String authority) {
    int mark = pathAndQuery.indexOf('?');
    return mark < 0
        ? new RequestTarget(pathAndQuery, "", authority)
        : new RequestTarget(
            pathAndQuery.substring(0, mark), pathAndQuery.substring(mark + 1), authority);
  }

  /** The headers with the authority of the absolute form as Host (RFC 9112 §3.2.2). */
  Headers applyTo(Headers headers) {
    if (authority == null) {
      return headers;
    }
    var replaced = Headers.builder().add("Host", authority);
    for (var field : headers.fields()) {
      if (!field.name().equalsIgnoreCase("Host")) {
        replaced.add(field.name(), field.value());
      }
    }
    return replaced.build();
  }

  /** Whether this is {@code host [":" port]} of RFC 3986 §3.2 with a host and no user. */
  static boolean validAuthority(String authority) {
    int hostEnd;
    if (authority.startsWith("[")) {
      hostEnd = authority.indexOf(']') + 1;
      if (hostEnd < 4 || !allIn(authority.substring(1, hostEnd - 1), ":.")) {
        return false;
      }
    } else {
      int colon = authority.indexOf(':');
      hostEnd = colon < 0 ? authority.length() : colon;
      if (hostEnd == 0 || !allIn(authority.substring(0, hostEnd), "-._~!$&'()*+,;=%")) {
        return false;
      }
    }
    var port = authority.substring(hostEnd);
    return port.isEmpty()
        || (port.length() <= 6
            && port.charAt(0) == ':'
            && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9'));
  }

  private static boolean allIn(String text, String others) {
    return text.chars()
        .allMatch(
            c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || others.indexOf(c) >= 0);
  }

  private static RefusedException bad(String message) {
    return new RefusedException(Refusal.badRequest(message));
  }
}
