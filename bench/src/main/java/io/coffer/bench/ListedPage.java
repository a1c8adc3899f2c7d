package io.coffer.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client must know of a page of ListObjectsV2 to go on. The entries themselves are not
 * looked at: the client shares the processors with the server that it measures.
 *
 * @param entries keys and common prefixes on the page, as KeyCount says
 * @param next continuation token of the following page, percent-encoded; null at the end
 */
record ListedPage(long entries, @Nullable String next) {
  private static final Pattern COUNT = Pattern.compile("<KeyCount>(\\d+)</KeyCount>");
  private static final Pattern TRUNCATED = Pattern.compile("<IsTruncated>(\\w+)</IsTruncated>");
  private static final Pattern NEXT =
      Pattern.compile("<NextContinuationToken>([^<]+)</NextContinuationToken>");

  /**
   * @param xml beginning and end of the page: servers put these elements before or behind the
   *     entries
   * @throws IOException if they are not there
   */
  static ListedPage parse(String xml) throws IOException {
    var count = COUNT.matcher(xml);
    var truncated = TRUNCATED.matcher(xml);
    if (!count.find() || !truncated.find()) {
      throw new IOException("a page of a listing without KeyCount or IsTruncated");
    }
    long entries = Long.parseLong(count.group(1));
    if (truncated.group(1).equals("false")) {
      return new ListedPage(entries, null);
    }
    var next = NEXT.matcher(xml);
    if (!next.find()) {
      throw new IOException("a truncated page of a listing without NextContinuationToken");
    }
    return new ListedPage(entries, encode(unescape(next.group(1))));
  }

  /** Percent-encoded for a query, as a signature wants it. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
  }

  private static String unescape(String xml) {
    return xml.replace("&#43;", "+")
        .replace("&#61;", "=")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&");
  }
}
