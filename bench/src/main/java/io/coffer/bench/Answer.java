package io.coffer.bench;

import org.jspecify.annotations.Nullable;

/**
 * A whole answer.
 *
 * @param length bytes of the body
 * @param sha256 of the body, in lower-case hex
 * @param text the body's beginning, as much as the caller wanted
 */
record Answer(ResponseHead head, long length, String sha256, String text) {
  int status() {
    return head.status();
  }

  /** The ETag without quotes, or null. */
  @Nullable String eTag() {
    String value = head.header("etag");
    return value == null ? null : value.replace("\"", "");
  }

  /** By what the object of a GET is known again. */
  Fingerprint fingerprint() {
    if (status() != 200) {
      return new Fingerprint(length, "unknown: GET was answered " + this, "", -1);
    }
    String tag = head.header(Fingerprint.TAG_HEADER);
    String eTag = eTag();
    return new Fingerprint(
        length, sha256, eTag == null ? "" : eTag, tag == null ? -1 : Long.parseLong(tag));
  }

  /** Status and the beginning of the body, for messages. */
  @Override
  public String toString() {
    return status() + (status() == 200 ? ", " + length + " B" : " " + text);
  }
}
