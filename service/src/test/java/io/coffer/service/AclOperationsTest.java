package io.coffer.service;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.coffer.auth.Caller;
import io.coffer.model.S3Error;
import io.coffer.model.s3.AccessControlPolicy;
import io.coffer.model.s3.BucketCannedACL;
import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.GetBucketAclOutput;
import io.coffer.model.s3.GetBucketAclRequest;
import io.coffer.model.s3.GetObjectAclOutput;
import io.coffer.model.s3.GetObjectAclRequest;
import io.coffer.model.s3.Grant;
import io.coffer.model.s3.Grantee;
import io.coffer.model.s3.ObjectCannedACL;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.Owner;
import io.coffer.model.s3.Permission;
import io.coffer.model.s3.PutBucketAclRequest;
import io.coffer.model.s3.PutObjectAclRequest;
import io.coffer.model.s3.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ACLs as operations put and give them, in a bucket whose writers own their objects. */
class AclOperationsTest {
  private static final String EVERYBODY = "http://acs.amazonaws.com/groups/global/AllUsers";
  private static final String OWNERS = "main-canonical FULL_CONTROL";

  private final Store store = Store.open();

  @BeforeEach
  void bucket() {
    create("bucket", null);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void create(String name, @Nullable BucketCannedACL acl) {
    store.call(
        Operation.CREATE_BUCKET,
        CreateBucketRequest.builder()
            .bucket(name)
            .acl(acl)
            .objectOwnership(ObjectOwnership.OBJECT_WRITER)
            .build(),
        Object.class);
  }

  private static List<String> words(@Nullable List<Grant> grants) {
    return requireNonNull(grants).stream()
        .map(
            grant -> {
              var to = requireNonNull(grant.grantee());
              return (to.id() == null ? to.uri() : to.id()) + " " + grant.permission();
            })
        .toList();
  }

  private List<String> bucketAcl(String bucket) {
    var request = GetBucketAclRequest.builder().bucket(bucket).build();
    var output = store.call(Operation.GET_BUCKET_ACL, request, GetBucketAclOutput.class);
    assertEquals("main-canonical", requireNonNull(output.owner()).id());
    return words(output.grants());
  }

  private List<String> objectAcl(String key, @Nullable String version) {
    var request = GetObjectAclRequest.builder().bucket("bucket").key(key).versionId(version);
    return words(
        store.call(Operation.GET_OBJECT_ACL, request.build(), GetObjectAclOutput.class).grants());
  }

  private void put(PutBucketAclRequest.Builder request) {
    store.call(Operation.PUT_BUCKET_ACL, request.bucket("bucket").build(), Object.class);
  }

  private static Grantee id(String id) {
    return Grantee.builder().type(Type.CANONICAL_USER).id(id).build();
  }

  private static Grantee email(String address) {
    return Grantee.builder().type(Type.AMAZON_CUSTOMER_BY_EMAIL).emailAddress(address).build();
  }

  private static Grantee group(String uri) {
    return Grantee.builder().type(Type.GROUP).uri(uri).build();
  }

  private static AccessControlPolicy document(Grantee... grantees) {
    var grants = new ArrayList<Grant>();
    for (var grantee : grantees) {
      grants.add(Grant.builder().grantee(grantee).permission(Permission.READ).build());
    }
    return document(grants);
  }

  private static AccessControlPolicy document(List<Grant> grants) {
    return AccessControlPolicy.builder()
        .owner(Owner.builder().id("main-canonical").build())
        .grants(grants)
        .build();
  }

  private @Nullable S3Error errorOf(@Nullable AccessControlPolicy document) {
    return Store.errorOf(() -> put(PutBucketAclRequest.builder().accessControlPolicy(document)));
  }

  @Test
  void everythingIsPrivateAtFirst() {
    assertEquals(List.of(OWNERS), bucketAcl("bucket"));
    store.put("bucket", "k", "");
    assertEquals(List.of(OWNERS), objectAcl("k", null));
  }

  @Test
  void aBucketIsMadeWithAnAclOrGetsOneLater() {
    create("public", BucketCannedACL.PUBLIC_READ);
    assertEquals(List.of(EVERYBODY + " READ", OWNERS), bucketAcl("public"));
    put(PutBucketAclRequest.builder().acl(BucketCannedACL.PUBLIC_READ_WRITE));
    assertEquals(List.of(EVERYBODY + " READ", EVERYBODY + " WRITE", OWNERS), bucketAcl("bucket"));
    put(PutBucketAclRequest.builder().acl(BucketCannedACL.PRIVATE));
    assertEquals(List.of(OWNERS), bucketAcl("bucket"));
    put(PutBucketAclRequest.builder().grantWrite("emailAddress=\"OTHER@example.com\""));
    assertEquals(List.of("other-canonical WRITE"), bucketAcl("bucket"));
  }

  @Test
  void aBucketThatIsMadeOnceMoreHasItsAclReset() {
    create("twice", BucketCannedACL.PUBLIC_READ);
    create("twice", null);
    assertEquals(List.of(OWNERS), bucketAcl("twice"));
    create("twice", BucketCannedACL.AUTHENTICATED_READ);
    assertEquals(2, bucketAcl("twice").size());
  }

  @Test
  void anyDocumentThatIsPutIsGiven() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var grantees = List.of(id("main-canonical"), id("other-canonical"), group(EVERYBODY));
    for (int i = 0; i < 100; i++) {
      var grants = new ArrayList<Grant>();
      int count = random.nextInt(8);
      for (int j = 0; j < count; j++) {
        var permission = Permission.values()[random.nextInt(5)];
        var grantee = grantees.get(random.nextInt(3));
        grants.add(Grant.builder().grantee(grantee).permission(permission).build());
      }
      put(PutBucketAclRequest.builder().accessControlPolicy(document(grants)));
      var given = bucketAcl("bucket");
      assertEquals(
          words(grants).stream().sorted().toList(),
          given.stream().sorted().toList(),
          "seed " + seed);
    }
  }

  @Test
  void granteesAreKnownByIdAddressOrGroup() {
    put(
        PutBucketAclRequest.builder()
            .accessControlPolicy(
                document(id("other-canonical"), email("Other@Example.com"), group(EVERYBODY))));
    assertEquals(
        List.of(EVERYBODY + " READ", "other-canonical READ", "other-canonical READ"),
        bucketAcl("bucket"));
    assertEquals(S3Error.INVALID_ARGUMENT, errorOf(document(id("nobody"))));
    assertEquals(S3Error.INVALID_ARGUMENT, errorOf(document(group("http://example.com/"))));
    assertEquals(
        S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS, errorOf(document(email("no@example.com"))));
    assertEquals(S3Error.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS, errorOf(document(email(""))));
  }

  @Test
  void anAddressOfTwoAccountsIsAmbiguous() {
    var twin = new io.coffer.auth.Account("333333333333", "twin", "", "other@example.com", "twin");
    store.service.accounts().declare(twin, List.of());
    assertEquals(
        S3Error.AMBIGUOUS_GRANT_BY_EMAIL_ADDRESS, errorOf(document(email("other@example.com"))));
  }

  @Test
  void whatIsNoAclIsRefused() {
    assertEquals(S3Error.MISSING_SECURITY_HEADER, errorOf(null));
    var noOwner = AccessControlPolicy.builder().grants(List.of()).build();
    assertEquals(S3Error.MALFORMED_ACL, errorOf(noOwner));
    var noGrants = document(List.of()).toBuilder().grants(null).build();
    assertEquals(S3Error.MALFORMED_ACL, errorOf(noGrants));
    assertEquals(S3Error.MALFORMED_ACL, errorOf(document(Grantee.builder().id("x").build())));
    assertEquals(
        S3Error.MALFORMED_ACL,
        errorOf(document(Grantee.builder().type(Type.GROUP).id("x").build())));
    var grants = List.of(Grant.builder().grantee(id("main-canonical")).build());
    assertEquals(S3Error.MALFORMED_ACL, errorOf(document(grants)));
    var foreign = Owner.builder().id("other-canonical").build();
    var stolen = document(List.of()).toBuilder().owner(foreign).build();
    assertEquals(S3Error.ACCESS_DENIED, errorOf(stolen));
    assertEquals(
        S3Error.UNEXPECTED_CONTENT,
        Store.errorOf(
            () ->
                put(
                    PutBucketAclRequest.builder()
                        .acl(BucketCannedACL.PRIVATE)
                        .accessControlPolicy(document(List.of())))));
    assertEquals(List.of(OWNERS), bucketAcl("bucket"));
  }

  @Test
  void anObjectIsWrittenWithAnAclAndEachVersionHasItsOwn() {
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var request = Store.request("bucket", "k", "one").acl(ObjectCannedACL.PUBLIC_READ);
    var first = store.put(request.build()).versionId();
    var second = store.put("bucket", "k", "two").versionId();
    assertEquals(List.of(EVERYBODY + " READ", OWNERS), objectAcl("k", first));
    assertEquals(List.of(OWNERS), objectAcl("k", second));
    putObjectAcl(first, ObjectCannedACL.PRIVATE);
    putObjectAcl(null, ObjectCannedACL.PUBLIC_READ);
    assertEquals(List.of(OWNERS), objectAcl("k", first));
    assertEquals(List.of(EVERYBODY + " READ", OWNERS), objectAcl("k", null));
    assertEquals("two", store.read("bucket", "k"));
    assertEquals("one", store.read("bucket", "k", first));
  }

  private void putObjectAcl(@Nullable String version, ObjectCannedACL acl) {
    store.call(
        Operation.PUT_OBJECT_ACL,
        PutObjectAclRequest.builder().bucket("bucket").key("k").versionId(version).acl(acl).build(),
        Object.class);
  }

  @Test
  void anAclOfWhatIsNotThereIsNotFound() {
    assertEquals(
        S3Error.NO_SUCH_KEY, Store.errorOf(() -> putObjectAcl(null, ObjectCannedACL.PRIVATE)));
    assertEquals(
        S3Error.NO_SUCH_BUCKET,
        Store.errorOf(
            () ->
                store.call(
                    Operation.GET_BUCKET_ACL,
                    GetBucketAclRequest.builder().bucket("none").build(),
                    Object.class)));
  }

  @Test
  void aBucketNeedsNoMoreThanItsAclToBeGivenAgain() {
    put(PutBucketAclRequest.builder().accessControlPolicy(document(id("other-canonical"))));
    var request = GetBucketAclRequest.builder().bucket("bucket").build();
    var output = store.call(Operation.GET_BUCKET_ACL, request, GetBucketAclOutput.class);
    var grants = requireNonNull(output.grants());
    assertEquals("Other", requireNonNull(grants.getFirst().grantee()).displayName());
    put(PutBucketAclRequest.builder().accessControlPolicy(document(grants)));
    assertEquals(List.of("other-canonical READ"), bucketAcl("bucket"));
    assertNull(errorOf(document(List.of())));
    assertEquals(List.of(), bucketAcl("bucket"));
  }

  @Test
  void whoeverMayWriteByAnAclMaySayWhatComesWithTheObject() {
    var request =
        CreateBucketRequest.builder()
            .bucket("open")
            .acl(BucketCannedACL.PUBLIC_READ_WRITE)
            .objectOwnership(ObjectOwnership.OBJECT_WRITER);
    store.call(Operation.CREATE_BUCKET, request.build(), Object.class);
    var nobody = new Context(new Caller.Anonymous(), "request");
    var put =
        Store.request("open", "k", "x").acl(ObjectCannedACL.PUBLIC_READ).tagging("a=b").build();
    store.call(Operation.PUT_OBJECT, put, Object.class, nobody);
    assertEquals("x", store.read("open", "k"));
    var closing = PutBucketAclRequest.builder().bucket("open").acl(BucketCannedACL.PUBLIC_READ);
    store.call(Operation.PUT_BUCKET_ACL, closing.build(), Object.class);
    assertEquals(
        S3Error.ACCESS_DENIED,
        Store.errorOf(() -> store.call(Operation.PUT_OBJECT, put, Object.class, nobody)));
  }
}
