package io.coffer.service;

import io.coffer.storage.Inspection.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Something that a check found not to be as it should be. Immutable.
 *
 * @param kind what it means for the data
 * @param target what it is about
 * @param bytes which bytes of the object or part; null when that is not known, or no matter
 * @param what is wrong, without a full stop
 * @param advice what to do about it, without a full stop
 */
public record Finding(
    Kind kind, Target target, @Nullable ByteRange bytes, String what, String advice) {

  /**
   * What a finding is about, as far as it is known.
   *
   * @param versionId as the API shows it
   * @param uploadId of an upload in progress, or of parts that belong to nothing
   * @param part number of a part; 0 for none
   */
  public record Target(
      @Nullable String bucket,
      @Nullable String key,
      @Nullable String versionId,
      @Nullable String uploadId,
      int part) {
    /** Nothing that the API has a name for. */
    public static final Target NONE = new Target(null, null, null, null, 0);

    static Target ofBucket(String bucket) {
      return new Target(bucket, null, null, null, 0);
    }

    static Target ofVersion(String bucket, String key, VersionId version) {
      return new Target(bucket, key, version.toString(), null, 0);
    }

    static Target ofUpload(String bucket, String key, String upload) {
      return new Target(bucket, key, null, upload, 0);
    }

    Target ofPart(int number) {
      return new Target(bucket, key, versionId, uploadId, number);
    }
  }

  /** One line for people: where, what, and what to do. Control characters are escaped. */
  public String line() {
    var place = place();
    return place.isEmpty() ? what + "; " + advice : place + ": " + what + "; " + advice;
  }

  /** What it is about, in one line; empty when nothing is known. */
  String place() {
    var line = new StringBuilder();
    append(line, "bucket", target.bucket);
    append(line, "key", target.key == null ? null : quoted(target.key));
    append(line, "version", target.versionId);
    append(line, "upload", target.uploadId);
    append(line, "part", target.part == 0 ? null : Integer.toString(target.part));
    if (bytes != null) {
      append(line, "bytes", bytes.offset() + "-" + (bytes.offset() + bytes.length() - 1));
    }
    return line.toString();
  }

  private static void append(StringBuilder line, String name, @Nullable String value) {
    if (value != null) {
      line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value);
    }
  }

  /** Names are chosen by clients: a line stays a line. */
  static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                quoted.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
