package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.fuzz.Refusals;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The fields of forms, a line {@code name=value} each; the policy is written in the clear. As they
 * are they let nobody in; when their owner has signed the policy it is read.
 */
public final class PostPolicyFuzz {
  private static final Credential UNKNOWN =
      new Credential(Fixture.KEY_ID, "a secret that nobody has", Fixture.ACCOUNT);

  private static final PostPolicy STRANGER =
      new PostPolicy(id -> UNKNOWN, Fixture.REGION, () -> Fixture.NOW);

  private static final PostPolicy OWNER =
      new PostPolicy(Fixture::find, Fixture.REGION, () -> Fixture.NOW);

  private PostPolicyFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var fields = new LinkedHashMap<String, String>();
    for (var line : new String(input, StandardCharsets.UTF_8).split("\n", -1)) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        var name = line.substring(0, equals).toLowerCase(Locale.ROOT);
        fields.putIfAbsent(name, line.substring(equals + 1));
      }
    }
    forged(fields, input.length);
    var policy = fields.get("policy");
    if (policy != null) {
      fields.put("policy", encoded(policy));
      forged(fields, 2 * input.length);
      signed(fields, 2 * input.length);
    }
  }

  private static void forged(Map<String, String> fields, int length) {
    try {
      assertInstanceOf(
          Caller.Anonymous.class, STRANGER.authorize("bucket", Map.copyOf(fields)).caller());
    } catch (S3Exception e) {
      Refusals.check(e, length);
    }
  }

  private static void signed(Map<String, String> given, int length) {
    var fields = new LinkedHashMap<>(given);
    fields.keySet().removeIf(name -> name.startsWith("x-amz-"));
    var policy = fields.getOrDefault("policy", "");
    fields.put("awsaccesskeyid", Fixture.KEY_ID);
    fields.put("signature", SignatureV2.hmacSha1(Fixture.SECRET, policy));
    try {
      var authorization = OWNER.authorize("bucket", fields);
      assertInstanceOf(Caller.Root.class, authorization.caller());
      assertTrue(authorization.minLength() >= 0 && authorization.maxLength() >= 0);
      try {
        authorization.check(Long.MAX_VALUE);
      } catch (S3Exception e) {
        Refusals.check(e, length);
      }
    } catch (S3Exception e) {
      Refusals.check(e, length);
    }
  }

  private static String encoded(String policy) {
    return Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8));
  }
}
