package io.coffer.service;

import io.coffer.auth.RequestSignature;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.model.Origin;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request came, for the conditions of policies. Source: IAM User Guide, "AWS global condition
 * context keys".
 *
 * @param origin where from, as far as it can be believed
 * @param time when
 * @param userAgent as sent; null for none
 * @param referer likewise
 * @param signature how it was signed; null where nobody signed
 * @param contentSha256 the header x-amz-content-sha256; null for none
 */
public record Circumstances(
    Origin origin,
    Instant time,
    @Nullable String userAgent,
    @Nullable String referer,
    @Nullable RequestSignature signature,
    @Nullable String contentSha256) {
  /** Of what the server does by itself: from this machine, now. */
  public static Circumstances local() {
    var origin = new Origin(InetAddress.getLoopbackAddress(), false, null);
    return new Circumstances(origin, Instant.now(), null, null, null, null);
  }

  /** Their condition keys and values, to be added to. */
  public ConditionValues.Builder values() {
    var values =
        ConditionValues.builder()
            .later("aws:SourceIp", () -> List.of(origin.source().getHostAddress()))
            .put("aws:SecureTransport", Boolean.toString(origin.secure()))
            .put("s3:TlsVersion", tlsVersion())
            .later(
                "aws:CurrentTime", () -> List.of(time.truncatedTo(ChronoUnit.SECONDS).toString()))
            .later("aws:EpochTime", () -> List.of(Long.toString(time.getEpochSecond())))
            .put("aws:UserAgent", userAgent)
            .put("aws:Referer", referer)
            .put("s3:x-amz-content-sha256", contentSha256);
    if (signature != null) {
      values
          .put("s3:signatureversion", signature.version().text())
          .put("s3:authType", signature.type().text())
          .later("s3:signatureAge", () -> age(signature.time()));
    }
    return values;
  }

  /** Milliseconds since a time. */
  private List<String> age(@Nullable Instant signed) {
    return signed == null
        ? List.of()
        : List.of(Long.toString(Math.max(0, Duration.between(signed, time).toMillis())));
  }

  /** Such as 1.3: policies compare numbers. */
  private @Nullable String tlsVersion() {
    var version = origin.tlsVersion();
    return version == null ? null : version.substring(version.indexOf('v') + 1);
  }
}
