package io.coffer.auth;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a request was signed, for the conditions of policies. Source: Amazon S3 API Reference,
 * "Amazon S3 Signature Version 4 authentication specific policy keys".
 *
 * @param time of the signature; null for a form that does not say
 */
public record RequestSignature(Version version, Type type, @Nullable Instant time) {
  /** The algorithm. */
  public enum Version {
    V2("AWS"),
    V4("AWS4-HMAC-SHA256");

    private final String text;

    Version(String text) {
      this.text = text;
    }

    /** As policies compare it with s3:signatureversion. */
    public String text() {
      return text;
    }
  }

  /** Where the signature stands. */
  public enum Type {
    HEADER("REST-HEADER"),
    QUERY("REST-QUERY-STRING"),
    POST("POST");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As policies compare it with s3:authType. */
    public String text() {
      return text;
    }
  }

  /**
   * Of a form that was signed.
   *
   * @param fields with names in lower case
   */
  public static RequestSignature ofForm(Map<String, String> fields) {
    if (!fields.containsKey("x-amz-algorithm")) {
      return new RequestSignature(Version.V2, Type.POST, null);
    }
    var time = RequestTime.parseBasic(fields.getOrDefault("x-amz-date", ""));
    return new RequestSignature(Version.V4, Type.POST, time == null ? null : time.instant());
  }
}
