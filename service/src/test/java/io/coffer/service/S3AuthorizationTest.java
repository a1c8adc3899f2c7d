package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.RequestSignature;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.Delete;
import io.coffer.model.s3.DeleteBucketPolicyRequest;
import io.coffer.model.s3.DeleteObjectsOutput;
import io.coffer.model.s3.DeleteObjectsRequest;
import io.coffer.model.s3.DeletePublicAccessBlockRequest;
import io.coffer.model.s3.GetBucketPolicyOutput;
import io.coffer.model.s3.GetBucketPolicyRequest;
import io.coffer.model.s3.GetBucketPolicyStatusOutput;
import io.coffer.model.s3.GetBucketPolicyStatusRequest;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.ListObjectsV2Request;
import io.coffer.model.s3.ObjectIdentifier;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PublicAccessBlockConfiguration;
import io.coffer.model.s3.PutBucketPolicyRequest;
import io.coffer.model.s3.PutPublicAccessBlockRequest;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who may use a bucket: policies, the public, and what blocks it. */
class S3AuthorizationTest {
  private static final Context ROOT = Store.contextOf(Store.OWNER);
  private static final Context STRANGER = Store.contextOf(Store.STRANGER);
  private static final Context NOBODY = new Context(new Caller.Anonymous(), "request");
  private static final String EVERYONE = "\"*\"";

  private final Store store = new Store();

  S3AuthorizationTest() {
    store.createBucket("photos");
    store.put("photos", "a/1", "one");
    store.put("photos", "b/2", "two");
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static String allow(String principal, String action, String resource, String more) {
    return statement("Allow", principal, action, resource, more);
  }

  private static String statement(
      String effect, String principal, String action, String resource, String more) {
    return """
        {"Effect": "%s", "Principal": %s, "Action": "s3:%s",
         "Resource": "arn:aws:s3:::%s"%s}"""
        .formatted(effect, principal, action, resource, more);
  }

  private static String when(String operator, String key, String value) {
    return ", \"Condition\": {\"%s\": {\"%s\": \"%s\"}}".formatted(operator, key, value);
  }

  private @Nullable S3Error policy(String... statements) {
    return policy(ROOT, statements);
  }

  private @Nullable S3Error policy(Context as, String... statements) {
    var document =
        "{\"Version\": \"2012-10-17\", \"Statement\": [" + String.join(",", statements) + "]}";
    return document(as, document);
  }

  private @Nullable S3Error document(Context as, String document) {
    var request = PutBucketPolicyRequest.builder().bucket("photos").policy(document).build();
    return errorOf(Operation.PUT_BUCKET_POLICY, request, as);
  }

  private @Nullable S3Error errorOf(Operation operation, Object request, Context as) {
    return Store.errorOf(() -> store.call(operation, request, Object.class, as));
  }

  private @Nullable S3Error get(String key, Context as) {
    return errorOf(
        Operation.GET_OBJECT, GetObjectRequest.builder().bucket("photos").key(key).build(), as);
  }

  private @Nullable S3Error list(@Nullable String prefix, Context as) {
    var request = ListObjectsV2Request.builder().bucket("photos").prefix(prefix).build();
    return errorOf(Operation.LIST_OBJECTS_V2, request, as);
  }

  private void block(boolean policies, boolean restrict) {
    var configuration =
        PublicAccessBlockConfiguration.builder()
            .blockPublicPolicy(policies)
            .restrictPublicBuckets(restrict)
            .build();
    var request =
        PutPublicAccessBlockRequest.builder()
            .bucket("photos")
            .publicAccessBlockConfiguration(configuration)
            .build();
    assertNull(errorOf(Operation.PUT_PUBLIC_ACCESS_BLOCK, request, ROOT));
  }

  private void unblock() {
    var request = DeletePublicAccessBlockRequest.builder().bucket("photos").build();
    assertNull(errorOf(Operation.DELETE_PUBLIC_ACCESS_BLOCK, request, ROOT));
  }

  @Test
  void withoutAPolicyOnlyTheOwnerMayAnything() {
    assertNull(get("a/1", ROOT));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", STRANGER));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, list(null, NOBODY));
  }

  @Test
  void aNewBucketTakesNoPublicPolicy() {
    assertEquals(S3Error.ACCESS_DENIED, policy(allow(EVERYONE, "GetObject", "photos/*", "")));
    unblock();
    assertNull(policy(allow(EVERYONE, "GetObject", "photos/*", "")));
    assertNull(get("a/1", NOBODY));
  }

  @Test
  void aPolicyIsSeenByTheNextRequest() {
    unblock();
    assertNull(policy(allow(EVERYONE, "GetObject", "photos/a/*", "")));
    assertNull(get("a/1", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, get("b/2", NOBODY));
    assertNull(policy(allow(EVERYONE, "GetObject", "photos/b/*", "")));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
    assertNull(get("b/2", NOBODY));
    var delete = DeleteBucketPolicyRequest.builder().bucket("photos").build();
    assertNull(errorOf(Operation.DELETE_BUCKET_POLICY, delete, ROOT));
    assertEquals(S3Error.ACCESS_DENIED, get("b/2", NOBODY));
  }

  @Test
  void aRestrictedPublicBucketIsForItsAccountAlone() {
    unblock();
    policy(allow(EVERYONE, "GetObject", "photos/*", ""));
    assertNull(get("a/1", STRANGER));
    block(false, true);
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", STRANGER));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
    assertNull(get("a/1", ROOT));
  }

  @Test
  void whatAnAccountBlocksIsBlockedInAllItsBuckets() {
    unblock();
    policy(allow(EVERYONE, "GetObject", "photos/*", ""));
    var accounts = store.service.accountAccess();
    accounts.put(Store.OWNER.id(), PublicAccessBlock.ALL, ROOT);
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, policy(allow(EVERYONE, "GetObject", "photos/*", "")));
    assertEquals(PublicAccessBlock.ALL, accounts.get(Store.OWNER.id(), ROOT));
    accounts.delete(Store.OWNER.id(), ROOT);
    assertNull(get("a/1", NOBODY));
    var thrown =
        assertThrows(
            S3Exception.class,
            () -> accounts.put(Store.OWNER.id(), PublicAccessBlock.ALL, STRANGER));
    assertEquals(S3Error.ACCESS_DENIED, thrown.error());
  }

  @Test
  void anotherAccountIsLetInByName() {
    var account = "{\"AWS\": \"222222222222\"}";
    assertNull(policy(allow(account, "GetObject", "photos/*", "")));
    assertNull(get("a/1", STRANGER));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
  }

  @Test
  void rootThatIsDeniedCanStillMendThePolicy() {
    assertNull(policy(statement("Deny", EVERYONE, "*", "photos", "")));
    assertEquals(S3Error.ACCESS_DENIED, list(null, ROOT));
    assertNull(policy(statement("Deny", EVERYONE, "*", "photos/*", "")));
    assertNull(list(null, ROOT));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", ROOT));
  }

  @Test
  void absenceIsToldToWhomMayListTheKey() {
    unblock();
    policy(allow(EVERYONE, "GetObject", "photos/*", ""));
    assertEquals(S3Error.ACCESS_DENIED, get("a/none", NOBODY));
    policy(
        allow(EVERYONE, "GetObject", "photos/*", ""),
        allow(EVERYONE, "ListBucket", "photos", when("StringLike", "s3:prefix", "a/*")));
    assertEquals(S3Error.NO_SUCH_KEY, get("a/none", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, get("b/none", NOBODY));
    policy(allow(EVERYONE, "ListBucket", "photos", ""));
    assertEquals(S3Error.NO_SUCH_KEY, get("a/none", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
  }

  @Test
  void aListingIsLimitedToAPrefix() {
    unblock();
    policy(allow(EVERYONE, "ListBucket", "photos", when("StringEquals", "s3:prefix", "a/")));
    assertNull(list("a/", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, list("b/", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, list(null, NOBODY));
  }

  @Test
  void tagsOfTheObjectDecide() {
    unblock();
    store.put(Store.request("photos", "tagged", "x").tagging("Show=yes").build());
    policy(
        allow(
            EVERYONE,
            "GetObject",
            "photos/*",
            when("StringEquals", "s3:ExistingObjectTag/show", "yes")));
    assertNull(get("tagged", NOBODY));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", NOBODY));
  }

  @Test
  void anOldSignatureIsRefused() {
    policy(
        statement(
            "Deny",
            EVERYONE,
            "GetObject",
            "photos/*",
            when("NumericGreaterThan", "s3:signatureAge", "60000")));
    assertNull(get("a/1", signed(30)));
    assertEquals(S3Error.ACCESS_DENIED, get("a/1", signed(90)));
  }

  private static Context signed(int secondsAgo) {
    var now = Instant.ofEpochSecond(1_700_000_000);
    var signature =
        new RequestSignature(
            RequestSignature.Version.V4, RequestSignature.Type.QUERY, now.minusSeconds(secondsAgo));
    var origin = new io.coffer.model.Origin(InetAddress.getLoopbackAddress(), false, null);
    var circumstances = new Circumstances(origin, now, null, null, signature, null);
    return new Context(new Caller.Root(Store.OWNER, "KEY"), "request", circumstances);
  }

  @Test
  void eachKeyOfDeleteObjectsIsDecidedAlone() {
    unblock();
    store.versioning("photos", BucketVersioningStatus.ENABLED);
    policy(allow(EVERYONE, "DeleteObject", "photos/a/*", ""));
    var ids =
        List.of(
            ObjectIdentifier.builder().key("a/1").build(),
            ObjectIdentifier.builder().key("a/1").versionId("null").build(),
            ObjectIdentifier.builder().key("b/2").build());
    var request =
        DeleteObjectsRequest.builder()
            .bucket("photos")
            .delete(Delete.builder().objects(ids).build())
            .build();
    var output = store.call(Operation.DELETE_OBJECTS, request, DeleteObjectsOutput.class, NOBODY);
    assertEquals(
        List.of("a/1"),
        Objects.requireNonNull(output.deleted()).stream().map(each -> each.key()).toList());
    assertEquals(
        List.of("AccessDenied a/1", "AccessDenied b/2"),
        Objects.requireNonNull(output.errors()).stream()
            .map(each -> each.code() + " " + each.key())
            .sorted()
            .toList());
  }

  @Test
  void onlyTheOwnersAccountMayTouchThePolicy() {
    var account = "{\"AWS\": \"222222222222\"}";
    assertNull(policy(allow(account, "*", "photos", "")));
    assertEquals(S3Error.METHOD_NOT_ALLOWED, policy(STRANGER, allow(account, "*", "photos", "")));
  }

  @Test
  void aPolicyComesBackAsItWasPut() {
    var document =
        "{ \"Statement\":"
            + allow("{\"AWS\": \"arn:aws:iam::111111111111:root\"}", "GetObject", "photos/*", "")
            + "}";
    assertNull(document(ROOT, document));
    var request = GetBucketPolicyRequest.builder().bucket("photos").build();
    var got = store.call(Operation.GET_BUCKET_POLICY, request, GetBucketPolicyOutput.class);
    assertEquals(document, got.policy());
    var status = GetBucketPolicyStatusRequest.builder().bucket("photos").build();
    var is =
        store
            .call(Operation.GET_BUCKET_POLICY_STATUS, status, GetBucketPolicyStatusOutput.class)
            .policyStatus();
    assertEquals(Boolean.FALSE, is == null ? null : is.isPublic());
  }

  @Test
  void aPolicyThatIsWrongIsRefused() {
    for (var principal :
        List.of(
            "{\"AWS\": \"333333333333\"}",
            "{\"AWS\": \"arn:aws:iam::111111111111:user/nobody\"}",
            "{\"AWS\": \"arn:aws:iam::111111111111:role/none\"}",
            "{\"AWS\": \"AIDAEXAMPLEEXAMPLE\"}",
            "{\"CanonicalUser\": \"" + "a".repeat(64) + "\"}",
            "{\"Service\": \"example.com\"}")) {
      assertEquals(S3Error.MALFORMED_POLICY, policy(allow(principal, "GetObject", "photos/*", "")));
    }
    assertEquals(
        S3Error.MALFORMED_POLICY, policy(allow("{\"AWS\": \"222222222222\"}", "No", "photos", "")));
    assertEquals(S3Error.MALFORMED_POLICY, document(ROOT, "[]"));
    assertEquals(S3Error.MISSING_REQUEST_BODY, document(ROOT, ""));
    var request = GetBucketPolicyRequest.builder().bucket("photos").build();
    assertEquals(
        S3Error.NO_SUCH_BUCKET_POLICY, errorOf(Operation.GET_BUCKET_POLICY, request, ROOT));
  }

  @Test
  void aBucketIsFoundMissingBeforeAnythingIsDecided() {
    var request = GetObjectRequest.builder().bucket("missing").key("k").build();
    assertEquals(S3Error.NO_SUCH_BUCKET, errorOf(Operation.GET_OBJECT, request, NOBODY));
    Account other = Store.STRANGER;
    var expecting =
        GetObjectRequest.builder()
            .bucket("photos")
            .key("a/1")
            .expectedBucketOwner(other.id())
            .build();
    assertEquals(S3Error.ACCESS_DENIED, errorOf(Operation.GET_OBJECT, expecting, ROOT));
  }
}
