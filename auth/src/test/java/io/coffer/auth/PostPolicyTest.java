package io.coffer.auth;

import static io.coffer.auth.Fixture.KEY_ID;
import static io.coffer.auth.Fixture.SECRET;
import static io.coffer.auth.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forms in the older style, as ceph's s3-tests send them, and what their policies refuse. */
class PostPolicyTest {
  private static final Instant NOW = Instant.parse("2013-05-24T00:00:00Z");
  private static final PostPolicy FORMS = new PostPolicy(Fixture::find, Fixture.REGION, () -> NOW);

  private static final String CONDITIONS =
      """
      {"bucket": "b"}, ["starts-with", "$key", "foo"], {"acl": "private"},
      ["starts-with", "$Content-Type", "text/plain"], ["content-length-range", 0, 1024]""";

  private static Map<String, String> form(String policy) {
    var base64 = Base64.getEncoder().encodeToString(TestSigner.utf8(policy));
    var fields = new HashMap<String, String>();
    fields.put("key", "foo.txt");
    fields.put("awsaccesskeyid", KEY_ID);
    fields.put("acl", "private");
    fields.put("policy", base64);
    fields.put("signature", sign(base64));
    fields.put("content-type", "text/plain");
    return fields;
  }

  private static String sign(String base64) {
    var mac = TestSigner.hmac("HmacSHA1", TestSigner.utf8(SECRET), TestSigner.utf8(base64));
    return Base64.getEncoder().encodeToString(mac);
  }

  private static String policy(String conditions) {
    return "{\"expiration\": \"2013-05-24T01:40:00Z\", \"conditions\": [" + conditions + "]}";
  }

  private static Map<String, String> with(String name, String value) {
    var fields = form(policy(CONDITIONS));
    fields.put(name, value);
    return fields;
  }

  private static void assertDenied(String message, Map<String, String> fields) {
    var thrown = assertFails(S3Error.ACCESS_DENIED, () -> FORMS.authorize("b", fields));
    assertEquals("Invalid according to Policy: " + message, thrown.getMessage());
  }

  private static void assertInvalid(String policy) {
    var thrown =
        assertFails(S3Error.INVALID_POLICY_DOCUMENT, () -> FORMS.authorize("b", form(policy)));
    assertTrue(String.valueOf(thrown.getMessage()).startsWith("Invalid Policy: "), policy);
  }

  @Test
  void aSignedFormIsItsSignersAndHasItsLengths() {
    var authorization = FORMS.authorize("b", form(policy(CONDITIONS)));

    assertEquals(
        new PostAuthorization(new Caller.Root(Fixture.ACCOUNT, KEY_ID), 0, 1_024), authorization);
    authorization.check(0);
    authorization.check(1_024);
    assertEquals(
        Map.of("ProposedSize", "1025", "MaxSizeAllowed", "1024"),
        assertFails(S3Error.ENTITY_TOO_LARGE, () -> authorization.check(1_025)).fields());
    assertFails(S3Error.ENTITY_TOO_LARGE, () -> authorization.checkNotAbove(1_025));
    var bounded =
        FORMS.authorize(
            "b", form(policy(CONDITIONS + ", [\"content-length-range\", \"512\", 2000]")));
    assertEquals(512, bounded.minLength());
    assertEquals(1_024, bounded.maxLength());
    bounded.checkNotAbove(3);
    assertFails(S3Error.ENTITY_TOO_SMALL, () -> bounded.check(511));
  }

  @Test
  void aFormWithoutPolicyIsAnonymous() {
    var authorization = FORMS.authorize("b", Map.of("key", "foo.txt", "acl", "public-read"));

    assertEquals(new PostAuthorization(new Caller.Anonymous(), 0, Long.MAX_VALUE), authorization);
  }

  @Test
  void awsDocumentedForm() {
    var forms =
        new PostPolicy(Fixture::find, Fixture.REGION, () -> Instant.parse("2015-12-30T11:59:59Z"));
    var fields = awsForm();

    assertEquals(
        new Caller.Root(Fixture.ACCOUNT, KEY_ID),
        forms.authorize("sigv4examplebucket", fields).caller());
    for (var name :
        List.of("x-amz-algorithm", "x-amz-credential", "x-amz-date", "x-amz-signature")) {
      var without = awsForm();
      without.remove(name);
      assertFails(S3Error.INVALID_ARGUMENT, () -> forms.authorize("sigv4examplebucket", without));
      var changed = awsForm();
      changed.put(name, changed.get(name) + "0");
      assertThrows(S3Exception.class, () -> forms.authorize("sigv4examplebucket", changed));
    }
  }

  private static Map<String, String> awsForm() {
    var lines =
        List.of(
            "{ \"expiration\": \"2015-12-30T12:00:00.000Z\",",
            "  \"conditions\": [",
            "    {\"bucket\": \"sigv4examplebucket\"},",
            "    [\"starts-with\", \"$key\", \"user/user1/\"],",
            "    {\"acl\": \"public-read\"},",
            "    {\"success_action_redirect\": \"http://sigv4examplebucket.s3.amazonaws.com/"
                + "successful_upload.html\"},",
            "    [\"starts-with\", \"$Content-Type\", \"image/\"],",
            "    {\"x-amz-meta-uuid\": \"14365123651274\"},",
            "    {\"x-amz-server-side-encryption\": \"AES256\"},",
            "    [\"starts-with\", \"$x-amz-meta-tag\", \"\"],",
            "",
            "    {\"x-amz-credential\": \"AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/"
                + "aws4_request\"},",
            "    {\"x-amz-algorithm\": \"AWS4-HMAC-SHA256\"},",
            "    {\"x-amz-date\": \"20151229T000000Z\" }",
            "  ]",
            "}");
    var policy = TestSigner.utf8(String.join("\r\n", lines));
    var fields = new HashMap<String, String>();
    fields.put("key", "user/user1/photo.jpg");
    fields.put("acl", "public-read");
    fields.put(
        "success_action_redirect",
        "http://sigv4examplebucket.s3.amazonaws.com/successful_upload.html");
    fields.put("content-type", "image/jpeg");
    fields.put("x-amz-meta-uuid", "14365123651274");
    fields.put("x-amz-server-side-encryption", "AES256");
    fields.put("x-amz-credential", "AKIAIOSFODNN7EXAMPLE/20151229/us-east-1/s3/aws4_request");
    fields.put("x-amz-algorithm", "AWS4-HMAC-SHA256");
    fields.put("x-amz-date", "20151229T000000Z");
    fields.put("x-amz-meta-tag", "");
    fields.put("policy", Base64.getEncoder().encodeToString(policy));
    fields.put(
        "x-amz-signature", "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    return fields;
  }

  @Test
  void namesAndOperatorsHaveNoCase() {
    FORMS.authorize(
        "b",
        form(
            policy(
                """
                {"bUcKeT": "b"}, ["StArTs-WiTh", "$KeY", "foo"], {"AcL": "private"},
                ["EQ", "$CoNtEnT-TyPe", "text/plain"]""")));
  }

  @Test
  void fieldsThatAPolicyDoesNotMentionAreRefusedButForIgnoredOnes() {
    assertDenied("Extra input fields: x-amz-meta-foo", with("x-amz-meta-foo", "bar"));
    FORMS.authorize("b", with("x-ignore-foo", "bar"));
    assertDenied(
        "Extra input fields: bucket",
        form(policy(CONDITIONS.substring(CONDITIONS.indexOf(',') + 1))));
  }

  @Test
  void conditionsMustHold() {
    assertDenied(
        "Policy Condition failed: [\"starts-with\", \"$key\", \"foo\"]", with("key", "bar"));
    assertDenied(
        "Policy Condition failed: [\"eq\", \"$acl\", \"private\"]", with("acl", "public-read"));
    var missing = form(policy(CONDITIONS + ", [\"starts-with\", \"$x-amz-meta-foo\", \"\"]"));
    assertDenied("Policy Condition failed: [\"starts-with\", \"$x-amz-meta-foo\", \"\"]", missing);
    missing.put("x-amz-meta-foo", "anything");
    FORMS.authorize("b", missing);
    var thrown =
        assertFails(
            S3Error.ACCESS_DENIED, () -> FORMS.authorize("other", form(policy(CONDITIONS))));
    assertEquals(
        "Invalid according to Policy: Policy Condition failed: [\"eq\", \"$bucket\", \"b\"]",
        thrown.getMessage());
    // The bucket is the one of the address, whatever a field says.
    var claimed = with("bucket", "b");
    assertFails(S3Error.ACCESS_DENIED, () -> FORMS.authorize("other", claimed));
  }

  @Test
  void eachTypeOfAListOfContentTypesMustMatch() {
    FORMS.authorize("b", with("content-type", "text/plain, text/plain2"));
    assertFails(
        S3Error.ACCESS_DENIED,
        () -> FORMS.authorize("b", with("content-type", "text/plain, text/html")));
  }

  @Test
  void anExpiredPolicyIsRefused() {
    var policy = policy(CONDITIONS).replace("T01:40:00Z", "T00:00:00Z");

    assertDenied("Policy expired.", form(policy));
    FORMS.authorize("b", form(policy.replace("T00:00:00Z", "T00:00:00.001Z")));
    FORMS.authorize("b", form(policy.replace("T00:00:00Z", "T02:00:01+02:00")));
  }

  @Test
  void malformedPoliciesAreRefused() {
    var good = policy(CONDITIONS);
    for (var policy :
        List.of(
            "",
            "null",
            "[]",
            "{",
            good + "x",
            good.replace("conditions", "CONDITIONS"),
            good.replace("\"expiration\"", "\"expires\""),
            good.replace(
                "{\"expiration\"", "{\"expiration\": \"2099-01-01T00:00:00Z\", \"expiration\""),
            good.replace("2013-05-24T01:40:00Z", "2013-05-24 01:40:00+00:00"),
            good.replace("\"2013-05-24T01:40:00Z\"", "1369359600"),
            "{\"expiration\": \"2013-05-24T01:40:00Z\"}",
            "{\"expiration\": \"2013-05-24T01:40:00Z\", \"conditions\": {}}",
            "{\"conditions\": [" + CONDITIONS + "]}",
            policy("{}"),
            policy("{\"acl\": \"private\", \"bucket\": \"b\"}"),
            policy("{\"acl\": 1}"),
            policy("{\"acl\": {\"a\": \"b\"}}"),
            policy("\"acl\""),
            policy("[]"),
            policy("[\"eq\", \"$acl\"]"),
            policy("[\"eq\", \"acl\", \"private\"]"),
            policy("[\"eq\", \"$acl\", null]"),
            policy("[\"ends-with\", \"$acl\", \"private\"]"),
            policy("[\"content-length-range\", 0]"),
            policy("[\"content-length-range\", -1, 0]"),
            policy("[\"content-length-range\", 5, 4]"),
            policy("[\"content-length-range\", 0.5, 4]"),
            policy("[\"content-length-range\", 0, 99999999999999999999]"),
            policy("[".repeat(5_000) + "]".repeat(5_000)),
            policy("{\"acl\": \"" + "x".repeat(30_000) + "\"}"))) {
      assertInvalid(policy);
    }
    var notBase64 = form(good);
    notBase64.put("policy", "*");
    notBase64.put("signature", sign("*"));
    assertFails(S3Error.INVALID_POLICY_DOCUMENT, () -> FORMS.authorize("b", notBase64));
  }

  @Test
  void aDollarSignMayBeEscaped() {
    var policy = policy(CONDITIONS.replace("\"foo\"", "\"\\$foo\""));
    var fields = form(policy);
    fields.put("key", "$foo.txt");

    FORMS.authorize("b", fields);
  }

  @Test
  void theSignatureMustBeThereAndRight() {
    for (var name : List.of("signature", "awsaccesskeyid", "policy")) {
      var fields = form(policy(CONDITIONS));
      fields.remove(name);
      assertFails(S3Error.INVALID_ARGUMENT, () -> FORMS.authorize("b", fields));
    }
    assertFails(
        S3Error.INVALID_ACCESS_KEY_ID, () -> FORMS.authorize("b", with("awsaccesskeyid", "foo")));
    var thrown =
        assertFails(
            S3Error.SIGNATURE_DOES_NOT_MATCH,
            () -> FORMS.authorize("b", with("signature", "AAAA")));
    assertEquals("AAAA", thrown.fields().get("SignatureProvided"));
    assertFails(
        S3Error.SIGNATURE_DOES_NOT_MATCH,
        () -> FORMS.authorize("b", with("policy", String.valueOf(form(policy("")).get("policy")))));
    assertFails(
        S3Error.INVALID_TOKEN, () -> FORMS.authorize("b", with("x-amz-security-token", "x")));
  }
}
