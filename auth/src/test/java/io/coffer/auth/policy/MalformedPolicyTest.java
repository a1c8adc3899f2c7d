package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies that are refused, and what is said of them: the table malformed.txt. */
class MalformedPolicyTest {
  /** A line: kind, expected message, policy. */
  private record Refused(PolicyKind kind, String message, String policy) {
    @Override
    public String toString() {
      return kind + ": " + policy;
    }
  }

  static List<Refused> refused() {
    return PolicyCase.text("malformed.txt")
        .lines()
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .map(line -> line.split(" \\| ", 3))
        .map(p -> new Refused(PolicyKind.valueOf(p[0]), p[1], p[2]))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedWithItsText(Refused each) {
    var error =
        assertThrows(
            MalformedPolicyException.class, () -> PolicyReader.read(each.policy(), each.kind()));
    assertEquals(each.message(), error.text());
    assertEquals(
        each.kind() == PolicyKind.RESOURCE ? "MalformedPolicy" : "MalformedPolicyDocument",
        error.code());
  }

  private static String bucketPolicy(String resource) {
    return """
        {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "%s"}}"""
        .formatted(resource);
  }

  @Test
  void aBucketPolicySpeaksOfItsBucketAlone() {
    for (var good : List.of("arn:aws:s3:::mine/*", "arn:aws:s3:::m*/x", "arn:aws:s3:::mi*", "*")) {
      var policy = PolicyReader.readBucketPolicy(bucketPolicy(good), "mine");
      assertEquals(1, policy.statements().size());
    }
    for (var bad : List.of("arn:aws:s3:::other/*", "arn:aws:s3:::mine2/*", "arn:aws:s3:::/*")) {
      var error =
          assertThrows(
              MalformedPolicyException.class,
              () -> PolicyReader.readBucketPolicy(bucketPolicy(bad), "mine"));
      assertEquals("Policy has invalid resource", error.text());
    }
  }

  @Test
  void aBucketPolicyHasAtMost20480Bytes() {
    var policy = bucketPolicy("arn:aws:s3:::mine/*");
    var full = policy + " ".repeat(20_480 - policy.length());
    assertEquals(1, PolicyReader.read(full, PolicyKind.RESOURCE).statements().size());
    var error =
        assertThrows(
            MalformedPolicyException.class,
            () -> PolicyReader.read(full + " ", PolicyKind.RESOURCE));
    assertEquals("Policy exceeds the maximum allowed document size.", error.text());
  }

  @Test
  void bytesAreCountedNotCharacters() {
    var policy = bucketPolicy("arn:aws:s3:::mine/" + "ä".repeat(10_300));
    assertTrue(policy.length() < 20_480);
    assertThrows(
        MalformedPolicyException.class, () -> PolicyReader.read(policy, PolicyKind.RESOURCE));
  }

  @Test
  void depthIsBounded() {
    var deep = "{\"Statement\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}";
    var error =
        assertThrows(
            MalformedPolicyException.class, () -> PolicyReader.read(deep, PolicyKind.IDENTITY));
    assertEquals("This policy contains invalid Json", error.text());
  }

  @Test
  void whatIsNotRequiredMayBeMissing() {
    var policy =
        PolicyReader.read(
            "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}",
            PolicyKind.IDENTITY);
    assertEquals(Policy.Version.V2008, policy.version());
    assertEquals("statement 1", policy.statements().get(0).title());
    assertFalse(policy.toJson().contains("Sid"));
  }
}
