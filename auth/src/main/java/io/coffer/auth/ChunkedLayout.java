package io.coffer.auth;

import java.util.List;
import java.util.Set;

/**
 * What the head of a request tells of an aws-chunked body.
 *
 * @param length of the decoded content in bytes, from x-amz-decoded-content-length
 * @param trailing whether trailing fields may follow the last chunk
 * @param announced lower-case names of those that must
 * @param inHead which of the announced came as headers already: some SDKs announce a trailer and
 *     then send a header
 */
record ChunkedLayout(long length, boolean trailing, List<String> announced, Set<String> inHead) {
  ChunkedLayout {
    announced = List.copyOf(announced);
    inHead = Set.copyOf(inHead);
  }
}
