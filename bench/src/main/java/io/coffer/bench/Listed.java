package io.coffer.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The listings of S3, and how each goes on where a page ended. */
enum Listed {
  OBJECTS("list-type=2", "max-keys", Map.of("NextContinuationToken", "continuation-token")),
  VERSIONS(
      "versions=",
      "max-keys",
      Map.of("NextKeyMarker", "key-marker", "NextVersionIdMarker", "version-id-marker")),
  UPLOADS(
      "uploads=",
      "max-uploads",
      Map.of("NextKeyMarker", "key-marker", "NextUploadIdMarker", "upload-id-marker")),
  PARTS("", "max-parts", Map.of("NextPartNumberMarker", "part-number-marker"));

  private static final int ENTRIES_AT_MOST = 10_000_000;

  private final String query;
  private final String limit;
  private final Map<String, String> markers;

  Listed(String query, String limit, Map<String, String> markers) {
    this.query = query;
    this.limit = limit;
    this.markers = markers;
  }

  /**
   * Reads all pages.
   *
   * @param path of the bucket; for parts that of the key
   * @param more further query, or empty
   * @param pageSize entries of a page
   * @throws IOException also if S3 refuses, or the pages do not end
   */
  List<ListingPage.Entry> all(
      Caller caller, RequestFactory requests, String path, String more, int pageSize)
      throws IOException {
    var entries = new ArrayList<ListingPage.Entry>();
    var first = join(join(query, more), limit + "=" + pageSize);
    var next = first;
    while (true) {
      var answer = caller.call(requests.bare("GET", path, next), Caller.LONG_TEXT);
      if (answer.status() != 200) {
        throw new IOException("GET " + path + "?" + next + " was answered " + answer);
      }
      var page = ListingPage.parse(answer.text());
      entries.addAll(page.entries());
      if (!page.truncated()) {
        return entries;
      }
      next = first;
      for (var marker : markers.entrySet()) {
        var value = page.fields().get(marker.getKey());
        if (value != null) {
          next = join(next, marker.getValue() + "=" + encode(value));
        }
      }
      if (next.equals(first) || entries.size() > ENTRIES_AT_MOST) {
        throw new IOException("the pages of GET " + path + "?" + first + " do not end");
      }
    }
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String join(String left, String right) {
    return left.isEmpty() || right.isEmpty() ? left + right : left + "&" + right;
  }
}
