package io.coffer.bench;

import org.jspecify.annotations.Nullable;

/**
 * A listing of a bucket in pages of 1,000 (ListObjectsV2).
 *
 * @param path of the bucket
 * @param prefix of the keys; empty for all
 * @param folders whether with the delimiter {@code /}
 * @param entries how many there are from the beginning to the end; -1 when it does not matter
 */
record Listing(RequestFactory requests, String path, String prefix, boolean folders, long entries) {
  /**
   * @param token of the page before, percent-encoded; null for the first
   * @param startAfter a key of which the first page begins behind; null for the beginning
   */
  Request page(@Nullable String token, @Nullable String startAfter) {
    var query = new StringBuilder();
    if (token != null) {
      query.append("continuation-token=").append(token).append('&');
    }
    if (folders) {
      query.append("delimiter=%2F&");
    }
    query.append("list-type=2&max-keys=").append(KeyLayout.PAGE_KEYS);
    if (!prefix.isEmpty()) {
      query.append("&prefix=").append(ListedPage.encode(prefix));
    }
    if (token == null && startAfter != null) {
      query.append("&start-after=").append(ListedPage.encode(startAfter));
    }
    return requests.bare("GET", path, query.toString());
  }
}
