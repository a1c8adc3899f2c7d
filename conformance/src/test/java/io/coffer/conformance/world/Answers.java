package io.coffer.conformance.world;

import java.time.Instant;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Answers as texts. */
final class Answers {
  private Answers() {}

  static String error(int status, String code) {
    return status + " " + code;
  }

  static String made(@Nullable String eTag, String version) {
    return "ok etag=%s version=%s".formatted(bare(eTag), version);
  }

  /** The state of a version in a listing or a head. */
  static String object(long size, @Nullable String eTag, @Nullable Instant modified) {
    return "%d bytes etag=%s modified=%s".formatted(size, bare(eTag), time(eTag, modified));
  }

  static String body(long length, CRC32C crc) {
    return "body=%d/%08x".formatted(length, crc.getValue());
  }

  /**
   * One page of a listing.
   *
   * @param rows as they are shown, in order
   */
  static String page(List<String> rows, List<String> prefixes, boolean more) {
    var text = new StringBuilder("\n  page:");
    rows.forEach(row -> text.append("\n    ").append(row));
    prefixes.forEach(prefix -> text.append("\n    prefix ").append(Script.quoted(prefix)));
    return text.append(more ? "\n    more" : "\n    end").toString();
  }

  static String bare(@Nullable String eTag) {
    return eTag == null ? "-" : eTag.replace("\"", "");
  }

  /** AWS dates an object of parts at the beginning of its upload; that is not compared here. */
  private static String time(@Nullable String eTag, @Nullable Instant modified) {
    boolean ofParts = eTag != null && eTag.contains("-");
    return modified == null || ofParts ? "-" : Long.toString(modified.toEpochMilli());
  }
}
