package io.coffer.bench;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One kind of request, repeated.
 *
 * @param size bytes of the object; for a listing the number of keys on its page
 */
record Work(String name, Kind kind, long size) {
  /** What is asked for. */
  enum Kind {
    GET,
    PUT,
    HEAD,
    LIST
  }

  private static final Pattern FORM = Pattern.compile("(get|put|head)(\\d+[kmg]?)");
  private static final int PAGE_KEYS = 1000;
  private static final long SMALL_BYTES = 64 * 1024;

  /**
   * As in {@code get4k}, {@code put64m}, {@code head4k}, {@code list}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static Work parse(String text) {
    if (text.equals("list")) {
      return new Work(text, Kind.LIST, PAGE_KEYS);
    }
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--work takes get, put or head with a size (get4k, put64m), and list; not '"
              + text
              + "'");
    }
    return new Work(
        text,
        Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        Bytes.parse(matcher.group(2)));
  }

  /** How many objects must be there before the work begins. */
  int objectsBefore() {
    return switch (kind) {
      case PUT -> 0;
      case LIST -> PAGE_KEYS;
      case GET, HEAD -> size <= SMALL_BYTES ? 256 : size <= 4 << 20 ? 32 : 4;
    };
  }

  /** Bytes of such an object. */
  long objectBytes() {
    return kind == Kind.LIST ? 16 : size;
  }

  /** How many keys each connection writes in turn. */
  int keysPerConnection() {
    return size <= SMALL_BYTES ? 16 : 2;
  }

  /** Bytes of content that one request moves. */
  long bytesPerRequest() {
    return kind == Kind.GET || kind == Kind.PUT ? size : 0;
  }

  /** Whether this is the answer that the work wants. */
  boolean isAnsweredBy(ResponseHead head) {
    return head.succeeded()
        && (kind != Kind.GET && kind != Kind.HEAD || head.contentLength() == size);
  }

  String key(int index) {
    return name + "/" + "%05d".formatted(index);
  }
}
