package io.coffer.auth;

import io.coffer.auth.PolicyCondition.Equal;
import io.coffer.auth.PolicyCondition.LengthRange;
import io.coffer.auth.PolicyCondition.StartsWith;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Authenticates browser forms and holds them to their policy. Pure but for the clock; thread-safe.
 * Source: Amazon S3 API Reference, "Browser-Based Uploads Using POST" (Signature V4), and for forms
 * alone the older style with AWSAccessKeyId and an HMAC-SHA1, which many programs still make.
 */
public final class PostPolicy {
  private static final Set<String> FREE =
      Set.of("x-amz-signature", "signature", "awsaccesskeyid", "policy", "file");
  private static final Set<String> MARKS =
      Set.of("awsaccesskeyid", "signature", "x-amz-signature", "x-amz-credential");

  private final PostSignature signature;
  private final InstantSource clock;

  public PostPolicy(Credentials credentials, String region, InstantSource clock) {
    this.signature = new PostSignature(new Signatories(credentials, clock), region);
    this.clock = clock;
  }

  /**
   * Who sent a form, and how long its file may be.
   *
   * @param bucket to which the form was sent
   * @param fields lower-case names and values of all fields before the file, with <code>${filename}
   *     </code> in the key replaced already: the policy speaks of the final key
   * @throws S3Exception InvalidArgument for what is missing, InvalidAccessKeyId,
   *     SignatureDoesNotMatch, InvalidPolicyDocument, AccessDenied
   */
  public PostAuthorization authorize(String bucket, Map<String, String> fields) {
    var policy = fields.get("policy");
    if (policy == null) {
      if (MARKS.stream().anyMatch(fields::containsKey)) {
        throw PostSignature.missing("policy");
      }
      return new PostAuthorization(new Caller.Anonymous(), 0, Long.MAX_VALUE);
    }
    var caller = signature.verify(policy, fields);
    var document = PolicyDocument.parse(policy);
    if (!clock.instant().isBefore(document.expiration())) {
      throw denied("Policy expired.");
    }
    var all = new HashMap<>(fields);
    all.put("bucket", bucket);
    return apply(document, all, caller);
  }

  private static PostAuthorization apply(
      PolicyDocument document, Map<String, String> fields, Caller caller) {
    long min = 0;
    long max = Long.MAX_VALUE;
    var covered = new HashSet<>(FREE);
    for (var condition : document.conditions()) {
      if (!condition.holds(fields)) {
        throw denied("Policy Condition failed: " + condition);
      }
      switch (condition) {
        case Equal equal -> covered.add(equal.field());
        case StartsWith startsWith -> covered.add(startsWith.field());
        case LengthRange range -> {
          min = Math.max(min, range.min());
          max = Math.min(max, range.max());
        }
      }
    }
    for (var field : fields.keySet()) {
      if (!covered.contains(field) && !field.startsWith("x-ignore-")) {
        throw denied("Extra input fields: " + field);
      }
    }
    return new PostAuthorization(caller, min, max);
  }

  private static S3Exception denied(String detail) {
    return S3Error.ACCESS_DENIED.exception("Invalid according to Policy: " + detail);
  }
}
