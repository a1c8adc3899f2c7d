package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a presigned URL. Source: Amazon S3 API Reference, "Authenticating Requests:
 * Using Query Parameters".
 *
 * @param expiresSeconds 1 to 604,800, counted from {@code time}
 * @param contentSha256 null unless X-Amz-Content-Sha256 was given
 * @param securityToken null unless X-Amz-Security-Token was given
 */
record PresignedQuery(
    CredentialScope credential,
    RequestTime time,
    long expiresSeconds,
    SignedHeaders signedHeaders,
    String signature,
    @Nullable String contentSha256,
    @Nullable String securityToken) {
  static final String SIGNATURE = "X-Amz-Signature";
  static final String CREDENTIAL = "X-Amz-Credential";
  static final long MAX_EXPIRES_SECONDS = 604_800;

  private static final Set<String> MARKS =
      Set.of("X-Amz-Algorithm", CREDENTIAL, SIGNATURE, "AWSAccessKeyId", "Signature");

  /** The authentication parameters of a query, decoded; empty when it has none. */
  static Map<String, String> parameters(String query) {
    if (query.isEmpty()) {
      return Map.of();
    }
    var found = new HashMap<String, String>();
    for (var parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      var name = UriEncoding.decodeQuery(equals < 0 ? parameter : parameter.substring(0, equals));
      if (name == null || !(name.startsWith("X-Amz-") || MARKS.contains(name))) {
        continue;
      }
      var value = UriEncoding.decodeQuery(equals < 0 ? "" : parameter.substring(equals + 1));
      if (value == null || found.put(name, value) != null) {
        throw error("The query parameter " + name + " is malformed or comes more than once.");
      }
    }
    return found;
  }

  /** Whether these parameters ask for authentication, of whatever version. */
  static boolean isPresent(Map<String, String> parameters) {
    for (var mark : MARKS) {
      if (parameters.containsKey(mark)) {
        return true;
      }
    }
    return false;
  }

  /**
   * @throws S3Exception AuthorizationQueryParametersError; InvalidRequest for Signature V2
   */
  static PresignedQuery parse(Map<String, String> parameters) {
    if (!parameters.keySet().stream().anyMatch(name -> name.startsWith("X-Amz-"))) {
      throw Authenticator.unsupportedMechanism();
    }
    var algorithm = require(parameters, "X-Amz-Algorithm");
    var credentialText = require(parameters, CREDENTIAL);
    var signature = require(parameters, SIGNATURE);
    var date = require(parameters, "X-Amz-Date");
    var signedHeadersText = require(parameters, "X-Amz-SignedHeaders");
    var expires = require(parameters, "X-Amz-Expires");
    if (!algorithm.equals(AuthorizationHeader.ALGORITHM)) {
      throw error("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
    }
    var credential = CredentialScope.parse(credentialText);
    if (credential == null) {
      throw malformed(
          "the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    var time = RequestTime.parseBasic(date);
    if (time == null) {
      throw error("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
    }
    var signedHeaders = SignedHeaders.parse(signedHeadersText);
    if (signedHeaders == null) {
      throw error("X-Amz-SignedHeaders is malformed");
    }
    return new PresignedQuery(
        credential,
        time,
        seconds(expires),
        signedHeaders,
        signature,
        parameters.get("X-Amz-Content-Sha256"),
        parameters.get("X-Amz-Security-Token"));
  }

  /** The instant from which on the URL is void. */
  Instant expiry() {
    return time.instant().plusSeconds(expiresSeconds);
  }

  private static long seconds(String text) {
    long seconds;
    try {
      seconds = Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw error("X-Amz-Expires should be a number");
    }
    if (seconds < 1) {
      throw error("X-Amz-Expires must be greater than zero");
    }
    if (seconds > MAX_EXPIRES_SECONDS) {
      throw error(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    return seconds;
  }

  private static String require(Map<String, String> parameters, String name) {
    var value = parameters.get(name);
    if (value == null || value.isEmpty()) {
      throw error(
          "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential,"
              + " X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.");
    }
    return value;
  }

  /** AuthorizationQueryParametersError about the credential, in AWS's words. */
  static S3Exception malformed(String detail) {
    return error("Error parsing the X-Amz-Credential parameter; " + detail);
  }

  private static S3Exception error(String message) {
    return S3Error.AUTHORIZATION_QUERY_PARAMETERS_ERROR.exception(message);
  }
}
