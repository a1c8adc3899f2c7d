package io.coffer.auth;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.Locale;
import java.util.Map;

/** Verifies the signature that a form has over its policy, in either style. Thread-safe. */
final class PostSignature {
  private static final String TOKEN = "x-amz-security-token";

  private final Signatories signatories;
  private final String region;
  private final SigningKeys keys = new SigningKeys();

  PostSignature(Signatories signatories, String region) {
    this.signatories = signatories;
    this.region = region;
  }

  /**
   * @param policy in Base64 as it came, which is the string to sign
   * @throws S3Exception InvalidArgument, InvalidAccessKeyId, InvalidToken, ExpiredToken,
   *     SignatureDoesNotMatch
   */
  Caller verify(String policy, Map<String, String> fields) {
    boolean v4 =
        fields.containsKey("x-amz-algorithm")
            || fields.containsKey("x-amz-credential")
            || fields.containsKey("x-amz-signature");
    var credential = v4 ? v4(policy, fields) : v2(policy, fields);
    return credential.caller();
  }

  private Credential v4(String policy, Map<String, String> fields) {
    var algorithm = require(fields, "X-Amz-Algorithm");
    var scopeText = require(fields, "X-Amz-Credential");
    var date = require(fields, "X-Amz-Date");
    var signature = require(fields, "X-Amz-Signature");
    if (!algorithm.equals(AuthorizationHeader.ALGORITHM)) {
      throw invalid("X-Amz-Algorithm", algorithm);
    }
    var scope = CredentialScope.parse(scopeText);
    if (scope == null) {
      throw invalid("X-Amz-Credential", scopeText);
    }
    var time = RequestTime.parseBasic(date);
    if (time == null) {
      throw invalid("X-Amz-Date", date);
    }
    scope.check(region, time, PresignedQuery::malformed);
    var credential = signatories.find(scope.accessKeyId(), fields.get(TOKEN));
    compare(signed(policy, scope, credential), signature, credential, policy);
    return credential;
  }

  private String signed(String policy, CredentialScope scope, Credential credential) {
    return keys.get(credential, scope.date(), scope.region(), SigningService.S3).sign(policy);
  }

  private Credential v2(String policy, Map<String, String> fields) {
    var accessKeyId = require(fields, "AWSAccessKeyId");
    var signature = require(fields, "Signature");
    var credential = signatories.find(accessKeyId, fields.get(TOKEN));
    compare(
        SignatureV2.hmacSha1(credential.secretAccessKey(), policy), signature, credential, policy);
    return credential;
  }

  private static void compare(
      String computed, String provided, Credential credential, String policy) {
    if (!SigningKey.same(computed, provided)) {
      throw S3Error.SIGNATURE_DOES_NOT_MATCH
          .exception()
          .with("AWSAccessKeyId", credential.accessKeyId())
          .with("StringToSign", policy)
          .with("SignatureProvided", provided)
          .with("StringToSignBytes", SignatureCheck.bytes(policy));
    }
  }

  private static String require(Map<String, String> fields, String name) {
    var value = fields.get(name.toLowerCase(Locale.ROOT));
    if (value == null || value.isEmpty()) {
      throw missing(name);
    }
    return value;
  }

  /** InvalidArgument for a field that a signed form must have. */
  static S3Exception missing(String name) {
    return S3Error.INVALID_ARGUMENT
        .exception(
            "Bucket POST must contain a field named '"
                + name
                + "'.  If it is specified, please check the order of the fields.")
        .with("ArgumentName", name)
        .with("ArgumentValue", "");
  }

  private static S3Exception invalid(String name, String value) {
    return S3Error.INVALID_ARGUMENT
        .exception("The value of the field '" + name + "' is not valid.")
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }
}
