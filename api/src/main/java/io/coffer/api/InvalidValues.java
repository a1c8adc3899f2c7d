package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_ARGUMENT;
import static io.coffer.model.S3Error.INVALID_ENCRYPTION_ALGORITHM;
import static io.coffer.model.S3Error.INVALID_REQUEST;
import static io.coffer.model.S3Error.INVALID_STORAGE_CLASS;
import static io.coffer.model.S3Error.MISSING_REQUEST_BODY;

import io.coffer.checksums.Algorithm;
import io.coffer.model.Location;
import io.coffer.model.Member;
import io.coffer.model.S3Exception;
import io.coffer.model.Type;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What AWS answers to headers and parameters that do not say a value of their type. */
final class InvalidValues {
  /** Preconditions with dates that cannot be read are ignored (RFC 9110 §13.1.3, §13.1.4). */
  private static final Set<String> IGNORED_DATES =
      Set.of(
          "if-modified-since",
          "if-unmodified-since",
          "x-amz-copy-source-if-modified-since",
          "x-amz-copy-source-if-unmodified-since");

  private InvalidValues() {}

  /** Whether a member whose text cannot be read counts as absent. */
  static boolean isIgnored(Member<?, ?> member) {
    return IGNORED_DATES.contains(member.wireName().toLowerCase(Locale.ROOT));
  }

  static S3Exception unreadable(Member<?, ?> member, String text) {
    var name = member.wireName();
    var exception =
        switch (name.toLowerCase(Locale.ROOT)) {
          case "x-amz-storage-class" ->
              INVALID_STORAGE_CLASS.exception().with("StorageClassRequested", text);
          case "x-amz-server-side-encryption" -> INVALID_ENCRYPTION_ALGORITHM.exception();
          case "x-amz-checksum-algorithm", "x-amz-sdk-checksum-algorithm" ->
              INVALID_REQUEST.exception(
                  "Checksum algorithm provided is unsupported. Please try again with any of the"
                      + " valid types: "
                      + Arrays.toString(Algorithm.values()));
          case "x-amz-checksum-type" ->
              INVALID_REQUEST.exception(
                  "Value for x-amz-checksum-type header is invalid. It must be COMPOSITE or"
                      + " FULL_OBJECT.");
          default -> INVALID_ARGUMENT.exception(message(member));
        };
    return exception.error() == INVALID_ARGUMENT ? argument(exception, name, text) : exception;
  }

  private static String message(Member<?, ?> member) {
    var name = member.wireName();
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "x-amz-metadata-directive" -> "Unknown metadata directive.";
      case "x-amz-tagging-directive" -> "Unknown tagging directive.";
      case "x-amz-object-lock-mode" -> "Unknown wormMode directive.";
      case "x-amz-object-lock-legal-hold" -> "Legal Hold must be either of 'ON' or 'OFF'";
      case "x-amz-object-attributes" -> "Invalid attribute name specified.";
      case "x-amz-object-ownership" -> "Invalid x-amz-object-ownership header";
      case "encoding-type" -> "Invalid Encoding Method specified in Request";
      case "partnumber" -> "Part number must be an integer between 1 and 10000, inclusive";
      default ->
          member.type() instanceof Type.Int32 || member.type() instanceof Type.Int64
              ? "Provided " + name + " not an integer or within integer range"
              : "The value of " + name + " is not valid.";
    };
  }

  static S3Exception missing(Member<?, ?> member) {
    var name = member.wireName();
    if (member.location() == Location.PAYLOAD) {
      return MISSING_REQUEST_BODY.exception();
    }
    if (member.location() == Location.HEADER) {
      return INVALID_REQUEST.exception("Missing required header for this request: " + name);
    }
    return argument(
        INVALID_ARGUMENT.exception("Missing required parameter for this request: " + name),
        name,
        "");
  }

  private static S3Exception argument(S3Exception exception, String name, String value) {
    return exception.with("ArgumentName", name).with("ArgumentValue", value);
  }
}
