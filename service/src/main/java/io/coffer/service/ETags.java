package io.coffer.service;

/** ETags in conditions: quoted or, as S3 tolerates, bare; weak ones compare by their value. */
public final class ETags {
  private ETags() {}

  /** The ETag as S3 writes it, in quotes. */
  public static String quoted(String eTag) {
    return '"' + eTag + '"';
  }

  /** Without quotes and without the mark of a weak tag. */
  public static String bare(String eTag) {
    var text = eTag.trim();
    if (text.startsWith("W/")) {
      text = text.substring(2);
    }
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** Whether a list of ETags, or {@code *}, has this one (RFC 9110 §13.1). */
  public static boolean matches(String condition, String eTag) {
    for (var one : condition.split(",", -1)) {
      if (one.trim().equals("*") || bare(one).equals(eTag)) {
        return true;
      }
    }
    return false;
  }
}
