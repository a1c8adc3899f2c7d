package io.coffer.auth;

import io.coffer.model.S3Exception;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who signed, and for which day, region and service the signature holds: {@code
 * AKID/20130524/us-east-1/s3/aws4_request}.
 */
record CredentialScope(
    String accessKeyId, String date, String region, String service, String terminator) {

  /** Reads a credential; the key id may have slashes itself. Null when parts are missing. */
  static @Nullable CredentialScope parse(String text) {
    var parts = text.split("/", -1);
    int n = parts.length;
    if (n < 5 || parts[0].isEmpty()) {
      return null;
    }
    var accessKeyId = String.join("/", Arrays.copyOf(parts, n - 4));
    return new CredentialScope(accessKeyId, parts[n - 4], parts[n - 3], parts[n - 2], parts[n - 1]);
  }

  /** The scope as it stands in the string to sign. */
  String text() {
    return date + "/" + region + "/" + service + "/" + terminator;
  }

  /**
   * Checks that the signature is for this server and for the day of the request.
   *
   * @param malformed makes the error of the place where the credential came from
   */
  void check(String expectedRegion, RequestTime time, Function<String, S3Exception> malformed) {
    if (!region.equals(expectedRegion)) {
      throw malformed
          .apply("the region '" + region + "' is wrong; expecting '" + expectedRegion + "'")
          .with("Region", expectedRegion);
    }
    if (!service.equals("s3")) {
      throw malformed.apply(
          "incorrect service \"" + service + "\". This endpoint belongs to \"s3\".");
    }
    if (!terminator.equals("aws4_request")) {
      throw malformed.apply(
          "incorrect terminal \"" + terminator + "\". This endpoint uses \"aws4_request\".");
    }
    if (!date.equals(time.date())) {
      throw malformed.apply(
          "Invalid credential date \""
              + date
              + "\". This date is not the same as X-Amz-Date: \""
              + time.date()
              + "\".");
    }
  }
}
