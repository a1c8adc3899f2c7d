package io.coffer.auth;

import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Operation;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The older Authorization header {@code AWS key:signature}, which AWS still takes in its oldest
 * regions and which old programs still send. It says nothing of the body. Source: Amazon S3 User
 * Guide, "Signing and authenticating REST requests (Signature Version 2)".
 *
 * @param signature Base64 of an HMAC-SHA1
 */
record SignatureV2(String accessKeyId, String signature) {
  private static final String HMAC_SHA1 = "HmacSHA1";

  /** Of those that no operation has in its path: which part or version, and how it is shown. */
  private static final Set<String> OTHERS =
      Set.of(
          "partNumber",
          "uploadId",
          "versionId",
          "response-cache-control",
          "response-content-disposition",
          "response-content-encoding",
          "response-content-language",
          "response-content-type",
          "response-expires");

  /**
   * What the signature covers of a query: AWS's list, which ends with the operations of its day,
   * and those that have come since. Else whoever sees a signed request could ask for them with it.
   */
  private static final Set<String> SUB_RESOURCES =
      Stream.concat(
              OTHERS.stream(),
              Arrays.stream(Operation.values()).flatMap(o -> o.subResources().stream()))
          .collect(Collectors.toUnmodifiableSet());

  /** Whether a header is of this style. */
  static boolean isMeant(String authorization) {
    return authorization.startsWith("AWS ");
  }

  /**
   * Parses the header.
   *
   * @throws S3Exception InvalidArgument
   */
  static SignatureV2 parse(String authorization) {
    var parts = authorization.substring("AWS ".length()).replace(" ", "").split(":", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw S3Error.INVALID_ARGUMENT
          .exception("AWS authorization header is invalid.  Expected AwsAccessKeyId:signature")
          .with("ArgumentName", "Authorization")
          .with("ArgumentValue", authorization);
    }
    return new SignatureV2(parts[0], parts[1]);
  }

  /**
   * Verifies a request.
   *
   * @param hostedBucket the bucket that the host names and the signature covers; null when it is in
   *     the path
   * @throws S3Exception SignatureDoesNotMatch
   */
  void verify(RequestHead head, @Nullable String hostedBucket, Credential credential) {
    var candidates = stringsToSign(head, hostedBucket);
    for (var candidate : candidates) {
      if (SigningKey.same(hmacSha1(credential.secretAccessKey(), candidate), signature)) {
        return;
      }
    }
    throw S3Error.SIGNATURE_DOES_NOT_MATCH
        .exception()
        .with("AWSAccessKeyId", accessKeyId)
        .with("StringToSign", candidates.getFirst())
        .with("SignatureProvided", signature)
        .with("StringToSignBytes", SignatureCheck.bytes(candidates.getFirst()));
  }

  /** Some clients sign a bucket with a slash behind it. */
  private static List<String> stringsToSign(RequestHead head, @Nullable String hostedBucket) {
    if (hostedBucket != null) {
      return List.of(stringToSign(head, "/" + hostedBucket + head.path()));
    }
    var plain = stringToSign(head, head.path());
    return head.path().indexOf('/', 1) < 0
        ? List.of(plain, stringToSign(head, head.path() + "/"))
        : List.of(plain);
  }

  private static String stringToSign(RequestHead head, String resource) {
    var headers = head.headers();
    var date = headers.contains("x-amz-date") ? "" : value(headers, "Date");
    return head.method()
        + "\n"
        + value(headers, "Content-MD5")
        + "\n"
        + value(headers, "Content-Type")
        + "\n"
        + date
        + "\n"
        + amzHeaders(headers)
        + resource
        + subResources(head.query());
  }

  private static String value(Headers headers, String name) {
    var value = headers.first(name);
    return value == null ? "" : value;
  }

  private static String amzHeaders(Headers headers) {
    var values = new TreeMap<String, String>();
    for (var field : headers.startingWith("x-amz-")) {
      values.merge(
          field.name().toLowerCase(Locale.ROOT),
          field.value().strip(),
          (first, next) -> first + "," + next);
    }
    var text = new StringBuilder();
    values.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
    return text.toString();
  }

  private static String subResources(String query) {
    var named = new TreeMap<String, String>();
    for (var pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      var name = UriEncoding.decodeQuery(equals < 0 ? pair : pair.substring(0, equals));
      if (name != null && SUB_RESOURCES.contains(name)) {
        var value = equals < 0 ? null : UriEncoding.decodeQuery(pair.substring(equals + 1));
        // of several with one name the first counts, here as for what is asked
        named.putIfAbsent(name, value == null || value.isEmpty() ? name : name + "=" + value);
      }
    }
    return named.isEmpty() ? "" : "?" + String.join("&", named.values());
  }

  /** Base64 of the keyed hash; POST forms of the same age sign their policy with it. */
  static String hmacSha1(String secret, String message) {
    try {
      var mac = Mac.getInstance(HMAC_SHA1);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC_SHA1));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC_SHA1, e);
    }
  }
}
