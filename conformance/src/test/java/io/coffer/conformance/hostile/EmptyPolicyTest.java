package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Account;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Evaluator;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.auth.policy.PolicySet;
import io.coffer.auth.policy.Principal;
import io.coffer.auth.policy.RequestContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Policies with nothing where something should be, which a careless reader takes for everything.
 * Source: IAM User Guide, "Grammar of the IAM JSON policy language" and "Policy evaluation logic".
 */
class EmptyPolicyTest {
  private static final Account OWNER =
      new Account("111111111111", "owner", "Owner", "", "1".repeat(64));

  private static final Principal ALICE =
      new Principal.User(OWNER, "/", "alice", "AIDAALICEALICEALICE", Map.of());

  private static final String REST =
      "\"Action\": \"s3:GetObject\", \"Resource\": \"arn:aws:s3:::loot/*\"}]}";

  private static boolean allows(@Nullable String bucketPolicy, Principal who) {
    return allows(bucketPolicy, who, "arn:aws:s3:::loot/secret");
  }

  private static boolean allows(@Nullable String bucketPolicy, Principal who, String resource) {
    var policy =
        bucketPolicy == null
            ? null
            : new NamedPolicy("bucket", PolicyReader.read(bucketPolicy, PolicyKind.RESOURCE));
    var request = new RequestContext(who, "s3:GetObject", resource, ConditionValues.none());
    return Evaluator.decide(request, new PolicySet(List.of(), null, List.of(), policy, OWNER.id()))
        .allowed();
  }

  private static String allow(String principal) {
    return "{\"Statement\": [{\"Effect\": \"Allow\", " + principal + REST;
  }

  /** The controls. */
  @Test
  void aPolicyForEverybodyIsForEverybody() {
    assertTrue(allows(allow("\"Principal\": \"*\","), new Principal.Anonymous()));
    assertTrue(allows(allow("\"Principal\": {\"AWS\": \"*\"},"), ALICE));
    assertFalse(allows(allow("\"Principal\": {\"AWS\": \"222222222222\"},"), ALICE));
  }

  @Test
  void withoutAPolicyOnlyTheOwnerIsAllowed() {
    assertTrue(allows(null, new Principal.Root(OWNER)));
    assertFalse(allows(null, ALICE));
    assertFalse(allows(null, new Principal.Anonymous()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"Statement\": []}",
        "{\"Statement\": {}}",
        "{\"Statement\": [{}]}",
        "{\"Statement\": [null]}",
        "{\"Statement\": null}",
        "{\"Statement\": \"\"}",
        "{\"Version\": \"\", \"Statement\": []}",
        "\u0000{}",
        "{\"Statement\": [{\"Effect\": \"Allow\"}]}",
        "{\"Statement\": [{\"Effect\": \"\", \"Principal\": \"*\", \"Action\": \"*\"}]}",
      })
  void aPolicyOfNothingIsRefused(String policy) {
    for (var kind : PolicyKind.values()) {
      assertThrows(MalformedPolicyException.class, () -> PolicyReader.read(policy, kind));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"Principal\": \"\",",
        "\"Principal\": null,",
        "\"Principal\": {},",
        "\"Principal\": [],",
        "\"Principal\": [\"*\"],",
        "\"Principal\": {\"AWS\": \"\"},",
        "\"Principal\": {\"AWS\": []},",
        "\"Principal\": {\"AWS\": null},",
        "\"Principal\": {\"AWS\": [\"\"]},",
        "\"Principal\": {\"AWS\": {}},",
        "\"Principal\": {\"AWS\": \"**\"},",
        "\"Principal\": {\"AWS\": \" *\"},",
        "\"Principal\": {\"AWS\": \"arn:aws:iam::*:root\"},",
        "\"Principal\": {\"AWS\": \"arn:aws:iam::111111111111:*\"},",
        "\"Principal\": {\"aws\": \"*\"},",
        "\"Principal\": {\"\": \"*\"},",
        "\"Principal\": {\"Service\": \"\"},",
        "\"Principal\": {\"Service\": \"*\"},",
        "\"Principal\": {\"Federated\": \"*\"},",
        "\"Principal\": {\"CanonicalUser\": \"\"},",
        "\"Principal\": {\"CanonicalUser\": \"*\"},",
        "\"principal\": \"*\",",
        "\"NotPrincipal\": {},",
        "\"NotPrincipal\": {\"AWS\": []},",
        "\"NotPrincipal\": {\"AWS\": \"222222222222\"},",
        "\"Principal\": \"*\", \"NotPrincipal\": \"*\","
      })
  void aStatementForNobodyIsRefused(String principal) {
    assertThrows(
        MalformedPolicyException.class,
        () -> PolicyReader.read(allow(principal), PolicyKind.RESOURCE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"Action\": \"\", \"Resource\": \"*\"",
        "\"Action\": [], \"Resource\": \"*\"",
        "\"Action\": [\"\"], \"Resource\": \"*\"",
        "\"Action\": \":\", \"Resource\": \"*\"",
        "\"NotAction\": [], \"Resource\": \"*\"",
        "\"NotAction\": \"\", \"Resource\": \"*\"",
        "\"Action\": \"s3:*\", \"Resource\": \"\"",
        "\"Action\": \"s3:*\", \"Resource\": []",
        "\"Action\": \"s3:*\", \"Resource\": [\"\"]",
        "\"Action\": \"s3:*\", \"NotResource\": []",
        "\"Action\": \"s3:*\", \"NotResource\": \"\"",
        "\"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": \"\"",
        "\"Action\": \"s3:*\", \"Resource\": \"*\","
            + " \"Condition\": {\"Bool\": {\"aws:SecureTransport\": \"\"}}",
        "\"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": []",
        "\"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"\": {}}",
        "\"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": \"\"}",
        "\"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {\"StringEquals\": []}"
      })
  void aStatementWithAnEmptyElementIsRefused(String elements) {
    var statement = "{\"Statement\": [{\"Effect\": \"Allow\", " + elements + "}]}";
    assertThrows(
        MalformedPolicyException.class, () -> PolicyReader.read(statement, PolicyKind.IDENTITY));
    var ofBucket =
        "{\"Statement\": [{\"Effect\": \"Allow\", \"Principal\": \"*\", " + elements + "}]}";
    assertThrows(
        MalformedPolicyException.class, () -> PolicyReader.read(ofBucket, PolicyKind.RESOURCE));
  }

  /** A condition on a key that the request does not have, or on no value, allows nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"StringEquals\": {\"aws:PrincipalTag/team\": \"red\"}}",
        "{\"StringLike\": {\"aws:PrincipalTag/team\": \"*\"}}",
        "{\"StringEquals\": {\"aws:PrincipalTag/team\": \"\"}}",
        "{\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"}}",
        "{\"Bool\": {\"aws:SecureTransport\": \"true\"}}",
        "{\"DateGreaterThan\": {\"aws:TokenIssueTime\": \"2000-01-01T00:00:00Z\"}}",
        "{\"ForAnyValue:StringLike\": {\"aws:TagKeys\": \"*\"}}",
        "{\"Null\": {\"aws:PrincipalTag/team\": \"false\"}}"
      })
  void aConditionOnWhatIsNotThereAllowsNothing(String condition) {
    var policy =
        allow("\"Principal\": \"*\",")
            .replace("*\"}]}", "*\", \"Condition\": " + condition + "}]}");
    assertFalse(allows(policy, ALICE), policy);
    assertFalse(allows(policy, new Principal.Anonymous()), policy);
  }

  /** A variable without a value is no empty text: the resource matches nothing. */
  @Test
  void aVariableWithoutAValueMatchesNothing() {
    var policy =
        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
            + " \"Principal\": \"*\", \"Action\": \"s3:GetObject\","
            + " \"Resource\": \"arn:aws:s3:::loot/${aws:username}*\"}]}";
    assertTrue(allows(policy, ALICE, "arn:aws:s3:::loot/alice"));
    for (var key : List.of("", "secret", "*", "alic", "${aws:username}")) {
      assertFalse(allows(policy, new Principal.Anonymous(), "arn:aws:s3:::loot/" + key), key);
    }
  }

  /** Names are data: whoever is called by a wildcard or a variable is not matched by more. */
  @Test
  void aNameThatIsAPatternIsAName() {
    var policy =
        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\","
            + " \"Principal\": \"*\", \"Action\": \"s3:GetObject\","
            + " \"Resource\": \"arn:aws:s3:::loot/${aws:username}/x\"}]}";
    for (var name : List.of("*", "?????", "${*}", "${aws:userid}")) {
      var user = new Principal.User(OWNER, "/", name, "AIDAEVILEVILEVIL", Map.of());
      assertFalse(allows(policy, user, "arn:aws:s3:::loot/alice/x"), name);
      assertTrue(allows(policy, user, "arn:aws:s3:::loot/" + name + "/x"), name);
    }
  }
}
