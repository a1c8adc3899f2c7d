package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.HashMap;

/**
 * The Authorization header of Signature V4: {@code AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…,
 * Signature=…}, its parts in any order, blanks around them optional. Source: Amazon S3 API
 * Reference, "Authenticating Requests: Using the Authorization Header".
 */
record AuthorizationHeader(
    CredentialScope credential, SignedHeaders signedHeaders, String signature) {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  /**
   * @throws S3Exception InvalidRequest for other signatures of AWS, InvalidArgument for another
   *     scheme, AuthorizationHeaderMalformed
   */
  static AuthorizationHeader parse(String value) {
    int blank = value.indexOf(' ');
    var scheme = blank < 0 ? value : value.substring(0, blank);
    if (!scheme.equals(ALGORITHM)) {
      throw otherScheme(scheme, value);
    }
    var parts = new HashMap<String, String>();
    for (var part : value.substring(scheme.length()).split(",", -1)) {
      int equals = part.indexOf('=');
      var name = equals < 0 ? part.strip() : part.substring(0, equals).strip();
      if (equals < 0 || parts.put(name, part.substring(equals + 1).strip()) != null) {
        throw malformed("the part \"" + part.strip() + "\" is not expected.");
      }
    }
    var credential = CredentialScope.parse(take(parts, "Credential"));
    if (credential == null) {
      throw malformed(
          "the Credential is mal-formed; expecting"
              + " \"<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request\".");
    }
    var signedHeaders = SignedHeaders.parse(take(parts, "SignedHeaders"));
    if (signedHeaders == null) {
      throw malformed("the SignedHeaders are mal-formed.");
    }
    var signature = take(parts, "Signature");
    if (!parts.isEmpty()) {
      throw malformed("the part \"" + parts.keySet().iterator().next() + "\" is not expected.");
    }
    return new AuthorizationHeader(credential, signedHeaders, signature);
  }

  private static String take(HashMap<String, String> parts, String name) {
    var value = parts.remove(name);
    if (value == null || value.isEmpty()) {
      throw malformed("missing " + name + ".");
    }
    return value;
  }

  private static S3Exception otherScheme(String scheme, String value) {
    return scheme.startsWith("AWS")
        ? Authenticator.unsupportedMechanism()
        : invalid("Unsupported Authorization Type", value);
  }

  private static S3Exception invalid(String message, String value) {
    return S3Error.INVALID_ARGUMENT
        .exception(message)
        .with("ArgumentName", "Authorization")
        .with("ArgumentValue", value);
  }

  /** AuthorizationHeaderMalformed in AWS's words. */
  static S3Exception malformed(String detail) {
    return S3Error.AUTHORIZATION_HEADER_MALFORMED.exception(
        "The authorization header is malformed; " + detail);
  }
}
