package io.coffer.service;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.model.QueryOperation;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.iam.CreateRoleRequest;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.PutRolePolicyRequest;
import io.coffer.model.iam.PutUserPolicyRequest;
import io.coffer.model.s3.BucketCannedACL;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.OwnershipControls;
import io.coffer.model.s3.OwnershipControlsRule;
import io.coffer.model.s3.PublicAccessBlockConfiguration;
import io.coffer.model.s3.PutBucketAclRequest;
import io.coffer.model.s3.PutBucketOwnershipControlsRequest;
import io.coffer.model.s3.PutBucketPolicyRequest;
import io.coffer.model.s3.PutPublicAccessBlockRequest;
import io.coffer.service.explain.Explained;
import io.coffer.service.explain.Question;
import io.coffer.service.explain.WrongQuestion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What explanations say, of every kind of caller and of all that has a say. */
class ExplanationsTest {
  private static final String ALICE = "arn:aws:iam::111111111111:user/alice";
  private static final String APP = "arn:aws:iam::111111111111:role/app";
  private static final String CAROL = "arn:aws:iam::222222222222:user/carol";
  private static final String OBJECT = "arn:aws:s3:::photos/a/1";
  private static final Context OWNER = Store.contextOf(Store.OWNER);
  private static final Context STRANGER = Store.contextOf(Store.STRANGER);

  private final Store store = Store.open();

  ExplanationsTest() {
    store.createBucket("photos");
    store.put("photos", "a/1", "one");
    iam(
        io.coffer.model.iam.Operation.CREATE_USER,
        CreateUserRequest.builder().userName("alice").build(),
        OWNER);
    iam(
        io.coffer.model.iam.Operation.CREATE_USER,
        CreateUserRequest.builder().userName("carol").build(),
        STRANGER);
    var trust =
        """
        {"Version": "2012-10-17", "Statement": [{"Sid": "Alice", "Effect": "Allow",
         "Principal": {"AWS": "%s"}, "Action": "sts:AssumeRole"}]}"""
            .formatted(ALICE);
    iam(
        io.coffer.model.iam.Operation.CREATE_ROLE,
        CreateRoleRequest.builder().roleName("app").assumeRolePolicyDocument(trust).build(),
        OWNER);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void iam(QueryOperation operation, Object request, Context as) {
    try {
      store.service.call(operation, request, as);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void userPolicy(String user, Context as, String statement) {
    iam(
        io.coffer.model.iam.Operation.PUT_USER_POLICY,
        PutUserPolicyRequest.builder()
            .userName(user)
            .policyName("own")
            .policyDocument(document(statement))
            .build(),
        as);
  }

  private void bucketPolicy(String statement) {
    var request = PutBucketPolicyRequest.builder().bucket("photos").policy(document(statement));
    store.call(Operation.PUT_BUCKET_POLICY, request.build(), Object.class);
  }

  private static String document(String statement) {
    return "{\"Version\": \"2012-10-17\", \"Statement\": [{" + statement + "}]}";
  }

  private static String allow(String action, String resource) {
    return "\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"%s\""
        .formatted(action, resource);
  }

  private static String to(String principal, String statement) {
    return "\"Principal\": " + principal + ", " + statement;
  }

  private Explained ask(String who, String action, String resource, String... conditions) {
    return store.service.explanations().explain(question(who, action, resource, conditions));
  }

  private static Question question(
      String who, String action, String resource, String... conditions) {
    var given = Map.<String, List<String>>of();
    if (conditions.length > 0) {
      given = Map.of(conditions[0], List.of(conditions[1]));
    }
    return new Question(who, action, resource, given);
  }

  private static void assertSays(Explained explained, String words) {
    assertTrue(explained.text().contains(words), explained::text);
  }

  @Test
  void aUserIsAllowedByAStatementOfItsPolicy() {
    userPolicy(
        "alice", OWNER, "\"Sid\": \"Read\", " + allow("s3:GetObject", "arn:aws:s3:::photos/*"));
    var explained = ask(ALICE, "s3:GetObject", OBJECT);
    assertTrue(explained.allowed(), explained::text);
    assertEquals("own of user alice", explained.policy());
    assertEquals("statement 1 (Sid Read)", explained.statement());
    var denied = ask(ALICE, "s3:PutObject", OBJECT);
    assertFalse(denied.allowed());
    assertNull(denied.policy());
    assertSays(denied, "no identity policy allows s3:PutObject");
  }

  @Test
  void aConditionThatTheQuestionDoesNotMeetIsNamed() {
    userPolicy(
        "alice",
        OWNER,
        allow("s3:GetObject", "arn:aws:s3:::photos/*")
            + ", \"Condition\": {\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}}");
    var unsaid = ask(ALICE, "s3:GetObject", OBJECT);
    assertFalse(unsaid.allowed());
    assertEquals(List.of("aws:SourceIp"), unsaid.missingKeys());
    assertTrue(ask(ALICE, "s3:GetObject", OBJECT, "AWS:sourceip", "10.1.2.3").allowed());
    var outside = ask(ALICE, "s3:GetObject", OBJECT, "aws:SourceIp", "192.0.2.1");
    assertFalse(outside.allowed());
    assertSays(outside, "192.0.2.1");
  }

  @Test
  void aRoleAsksByItsSessions() {
    iam(
        io.coffer.model.iam.Operation.PUT_ROLE_POLICY,
        PutRolePolicyRequest.builder()
            .roleName("app")
            .policyName("own")
            .policyDocument(document(allow("s3:GetObject", "arn:aws:s3:::photos/*")))
            .build(),
        OWNER);
    var explained = ask(APP, "s3:GetObject", OBJECT);
    assertTrue(explained.allowed(), explained::text);
    assertSays(explained, "assumed-role/app/");
    var session = "arn:aws:sts::111111111111:assumed-role/app/nightly";
    bucketPolicy(
        to(
            "{\"AWS\": \"" + session + "\"}",
            "\"Effect\": \"Deny\", \"Action\": \"s3:*\", \"Resource\": \"arn:aws:s3:::photos/*\""));
    var denied = ask(session, "s3:GetObject", OBJECT);
    assertFalse(denied.allowed());
    assertEquals("the policy of bucket photos", denied.policy());
    assertTrue(ask(APP, "s3:GetObject", OBJECT).allowed());
  }

  @Test
  void aRoleIsAssumedByWhomItTrusts() {
    var explained = ask(ALICE, "sts:AssumeRole", APP);
    assertTrue(explained.allowed(), explained::text);
    assertEquals("statement 1 (Sid Alice)", explained.statement());
    assertFalse(ask(CAROL, "sts:AssumeRole", APP).allowed());
    var root = ask("arn:aws:iam::111111111111:root", "sts:AssumeRole", APP);
    assertSays(root, "root cannot assume roles");
  }

  @Test
  void anotherAccountNeedsBothSides() {
    bucketPolicy(to("{\"AWS\": \"222222222222\"}", allow("s3:GetObject", "arn:aws:s3:::photos/*")));
    var halfway = ask(CAROL, "s3:GetObject", OBJECT);
    assertFalse(halfway.allowed());
    assertSays(halfway, "the caller's own account must allow it too");
    userPolicy("carol", STRANGER, allow("s3:GetObject", "*"));
    assertTrue(ask(CAROL, "s3:GetObject", OBJECT).allowed());
    assertSays(ask(CAROL, "s3:DeleteObject", OBJECT), "no identity policy allows");
  }

  @Test
  void anonymousIsAllowedByThePolicyUntilPublicBucketsAreRestricted() {
    bucketPolicy(to("\"*\"", allow("s3:GetObject", "arn:aws:s3:::photos/*")));
    assertTrue(ask("anonymous", "s3:GetObject", OBJECT).allowed());
    var block = PublicAccessBlockConfiguration.builder().restrictPublicBuckets(true).build();
    store.call(
        Operation.PUT_PUBLIC_ACCESS_BLOCK,
        PutPublicAccessBlockRequest.builder()
            .bucket("photos")
            .publicAccessBlockConfiguration(block)
            .build(),
        Object.class);
    var denied = ask("anonymous", "s3:GetObject", OBJECT);
    assertFalse(denied.allowed());
    assertSays(denied, "RestrictPublicBuckets in the public access block of the bucket");
    assertSays(denied, "BucketOwnerEnforced");
  }

  @Test
  void whatAnAccountBlocksIsSaidToBeOfTheAccount() {
    bucketPolicy(to("\"*\"", allow("s3:GetObject", "arn:aws:s3:::photos/*")));
    store.service.accountAccess().put(Store.OWNER.id(), PublicAccessBlock.ALL, OWNER);
    var denied = ask("anonymous", "s3:GetObject", OBJECT);
    assertSays(denied, "public access block of account 111111111111");
  }

  @Test
  void anAclAllowsUntilPublicAclsAreIgnored() {
    var writer =
        OwnershipControlsRule.builder().objectOwnership(ObjectOwnership.OBJECT_WRITER).build();
    store.call(
        Operation.PUT_BUCKET_OWNERSHIP_CONTROLS,
        PutBucketOwnershipControlsRequest.builder()
            .bucket("photos")
            .ownershipControls(OwnershipControls.builder().rules(List.of(writer)).build())
            .build(),
        Object.class);
    assertSays(ask("anonymous", "s3:ListBucket", "arn:aws:s3:::photos"), "does not grant READ");
    store.call(
        Operation.PUT_BUCKET_ACL,
        PutBucketAclRequest.builder().bucket("photos").acl(BucketCannedACL.PUBLIC_READ).build(),
        Object.class);
    var allowed = ask("anonymous", "s3:ListBucket", "arn:aws:s3:::photos");
    assertTrue(allowed.allowed());
    assertEquals(
        "Allowed by the ACL of bucket photos, which grants READ to the caller.", allowed.summary());
    store.service.accountAccess().put(Store.OWNER.id(), PublicAccessBlock.ALL, OWNER);
    var ignored = ask("anonymous", "s3:ListBucket", "arn:aws:s3:::photos");
    assertFalse(ignored.allowed());
    assertSays(ignored, "IgnorePublicAcls");
    assertSays(ask("anonymous", "s3:GetObject", OBJECT + "0"), "there is no such object");
  }

  @Test
  void thePolicyOfABucketIsForItsOwnAccount() {
    bucketPolicy(
        to("{\"AWS\": \"222222222222\"}", allow("s3:GetBucketPolicy", "arn:aws:s3:::photos")));
    userPolicy("carol", STRANGER, allow("s3:*", "*"));
    var denied = ask(CAROL, "s3:GetBucketPolicy", "arn:aws:s3:::photos");
    assertFalse(denied.allowed());
    assertSays(denied, "its own account");
  }

  @Test
  void iamAndWhatIsOfNoBucketAreExplainedToo() {
    assertFalse(ask(ALICE, "iam:GetUser", ALICE).allowed());
    userPolicy(
        "alice",
        OWNER,
        allow("iam:Get*\", \"s3:ListAllMyBuckets", "*")
            .replace(
                "\"iam:Get*\", \"s3:ListAllMyBuckets\"",
                "[\"iam:Get*\", \"s3:ListAllMyBuckets\"]"));
    assertTrue(ask(ALICE, "iam:GetUser", ALICE).allowed());
    assertTrue(ask(ALICE, "s3:ListAllMyBuckets", "*").allowed());
    assertTrue(
        ask("arn:aws:iam::111111111111:root", "s3:CreateBucket", "arn:aws:s3:::b").allowed());
    assertFalse(ask("anonymous", "s3:ListAllMyBuckets", "*").allowed());
    assertFalse(ask("anonymous", "iam:GetUser", ALICE).allowed());
    assertTrue(ask(ALICE, "sts:GetCallerIdentity", "*").allowed());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          alice|s3:GetObject|arn:aws:s3:::photos/a/1|arn:aws:iam::ACCOUNT:user/NAME
          arn:aws:iam::111111111111:user/bob|s3:GetObject|arn:aws:s3:::photos/a/1|no user bob
          arn:aws:iam::333333333333:user/bob|s3:GetObject|arn:aws:s3:::photos/a/1|no account 3333
          arn:aws:iam::111111111111:role/none|s3:GetObject|arn:aws:s3:::photos/a/1|no role none
          arn:aws:iam::111111111111:user/x/alice|s3:GetObject|arn:aws:s3:::photos/a/1|do you mean
          AKIANOBODYHASTHAT000|s3:GetObject|arn:aws:s3:::photos/a/1|no access key
          ASIASOMEBODYHASTHAT0|s3:GetObject|arn:aws:s3:::photos/a/1|session token
          anonymous|s3:GetObject|arn:aws:s3:::none/a|no bucket none
          anonymous|s3:GetObject|photos/a/1|arn:aws:s3:::BUCKET/KEY
          anonymous|s3:GetObject|arn:aws:s3:::photos|is asked of objects
          anonymous|s3:ListBucket|arn:aws:s3:::photos/a|is asked of buckets
          anonymous|s3:HeadObject|arn:aws:s3:::photos/a|asks for the action s3:HeadObject
          anonymous|s3:Get*|arn:aws:s3:::photos/a|without wildcards
          anonymous|ec2:RunInstances|*|no service 'ec2'
          arn:aws:iam::111111111111:user/alice|iam:Fly|*|IAM has no operation
          arn:aws:iam::111111111111:user/alice|iam:GetUser|alice|no ARN of IAM
          arn:aws:iam::111111111111:user/alice|sts:AssumeRole|app|no ARN of a role
          arn:aws:iam::111111111111:user/alice|sts:AssumeRoleWithWebIdentity|*|cannot be explained
          """)
  void aWrongQuestionIsToldWhatIsRight(String who, String action, String resource, String words) {
    var e = assertThrows(WrongQuestion.class, () -> ask(who, action, resource));
    assertTrue(e.getMessage().contains(words), e::getMessage);
  }

  @Test
  void aWrongConditionKeyIsRefused() {
    assertThrows(WrongQuestion.class, () -> ask("anonymous", "s3:GetObject", OBJECT, "ip", "::1"));
  }

  @Test
  void anAccountIsToldOfItselfAlone() {
    var explanations = store.service.explanations();
    var own = question(ALICE, "s3:GetObject", OBJECT);
    assertFalse(explanations.explain(own, OWNER).allowed());
    assertFalse(
        explanations.explain(question("anonymous", "s3:GetObject", OBJECT), OWNER).allowed());
    assertDenied(own, STRANGER);
    assertDenied(question(CAROL, "s3:GetObject", OBJECT), STRANGER);
    assertDenied(question(CAROL, "s3:GetObject", OBJECT), OWNER);
    assertDenied(question(CAROL, "sts:AssumeRole", APP), STRANGER);
    assertDenied(question("anonymous", "s3:GetObject", OBJECT), STRANGER);
    assertDenied(question("arn:aws:iam::333333333333:root", "s3:GetObject", OBJECT), OWNER);
    assertDenied(question("AKIANOBODYHASTHAT000", "s3:GetObject", OBJECT), OWNER);
    assertDenied(own, new Context(new Caller.Anonymous(), "request"));
  }

  @Test
  void aUserIsToldOfThoseWhomItMaySimulate() {
    var known = store.service.explanations();
    var id = userId();
    var alice = new Context(new Caller.User(Store.OWNER, "/", "alice", id, "KEY"), "request");
    var own = question(ALICE, "s3:GetObject", OBJECT);
    assertDenied(own, alice);
    userPolicy("alice", OWNER, allow("iam:SimulatePrincipalPolicy", ALICE));
    assertFalse(known.explain(own, alice).allowed());
    assertDenied(question(APP, "s3:GetObject", OBJECT), alice);
    assertDenied(question("anonymous", "s3:GetObject", OBJECT), alice);
  }

  private String userId() {
    try {
      var request = io.coffer.model.iam.GetUserRequest.builder().userName("alice").build();
      var response =
          (io.coffer.model.iam.GetUserResponse)
              store.service.call(io.coffer.model.iam.Operation.GET_USER, request, OWNER);
      return requireNonNull(requireNonNull(response.user()).userId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertDenied(Question question, Context by) {
    var explanations = store.service.explanations();
    var e = assertThrows(S3Exception.class, () -> explanations.explain(question, by));
    assertEquals(S3Error.ACCESS_DENIED, e.error());
  }
}
