package io.coffer.service;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.model.S3Error;
import io.coffer.model.s3.BucketCannedACL;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.DeleteBucketOwnershipControlsRequest;
import io.coffer.model.s3.GetBucketOwnershipControlsOutput;
import io.coffer.model.s3.GetBucketOwnershipControlsRequest;
import io.coffer.model.s3.ObjectCannedACL;
import io.coffer.model.s3.ObjectOwnership;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.OwnershipControls;
import io.coffer.model.s3.OwnershipControlsRule;
import io.coffer.model.s3.Permission;
import io.coffer.model.s3.PutBucketAclRequest;
import io.coffer.model.s3.PutBucketOwnershipControlsRequest;
import io.coffer.model.s3.PutObjectAclRequest;
import io.coffer.service.acl.Acl;
import io.coffer.service.acl.AclAccounts;
import io.coffer.service.acl.AclHeaders;
import io.coffer.service.acl.AclRules;
import io.coffer.service.acl.ObjectAccess;
import io.coffer.storage.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who owns objects, and whether ACLs count. S3 User Guide, "Controlling ownership of objects". */
class OwnershipTest {
  private static final Caller STRANGER = new Caller.Root(Store.STRANGER, "KEY");
  private static final AclHeaders NOTHING = headers(null);

  private final Store store = Store.open();
  private final AclRules rules = new AclRules(new AclAccounts(store.service.accounts()));

  @AfterEach
  void close() {
    store.close();
  }

  private static AclHeaders headers(@Nullable ObjectCannedACL canned) {
    return AclHeaders.of(canned, null, null, null, null, null);
  }

  private void create(@Nullable ObjectOwnership ownership, @Nullable BucketCannedACL acl) {
    var request =
        CreateBucketRequest.builder().bucket("bucket").objectOwnership(ownership).acl(acl);
    store.call(Operation.CREATE_BUCKET, request.build(), Object.class);
  }

  private void control(ObjectOwnership... ownership) {
    var rules =
        List.of(ownership).stream()
            .map(one -> OwnershipControlsRule.builder().objectOwnership(one).build())
            .toList();
    store.call(
        Operation.PUT_BUCKET_OWNERSHIP_CONTROLS,
        PutBucketOwnershipControlsRequest.builder()
            .bucket("bucket")
            .ownershipControls(OwnershipControls.builder().rules(rules).build())
            .build(),
        Object.class);
  }

  private ObjectOwnership controls() {
    var request = GetBucketOwnershipControlsRequest.builder().bucket("bucket").build();
    var output =
        store.call(
            Operation.GET_BUCKET_OWNERSHIP_CONTROLS,
            request,
            GetBucketOwnershipControlsOutput.class);
    var rules = requireNonNull(requireNonNull(output.ownershipControls()).rules());
    return requireNonNull(rules.getFirst().objectOwnership());
  }

  private void putBucketAcl(BucketCannedACL acl) {
    var request = PutBucketAclRequest.builder().bucket("bucket").acl(acl).build();
    store.call(Operation.PUT_BUCKET_ACL, request, Object.class);
  }

  private Bucket bucket() {
    var row = Given.rows(store.storage, Given.group(store.storage, "bucket")).getFirst();
    return Bucket.decode(row);
  }

  private ObjectAccess written(AclHeaders headers) {
    return rules.ofNewObject(bucket(), STRANGER, headers, () -> false);
  }

  @Test
  void aNewBucketHasWhatItsMakerOrTheServerSays() {
    create(null, null);
    assertEquals(ObjectOwnership.BUCKET_OWNER_ENFORCED, controls());
    var settings =
        new ServiceSettings("us-east-1")
            .withNewBuckets(NewBuckets.AWS.withOwnership(ObjectOwnership.OBJECT_WRITER));
    assertEquals(ObjectOwnership.OBJECT_WRITER, settings.newBuckets().ownership());
    control(ObjectOwnership.BUCKET_OWNER_PREFERRED);
    assertEquals(ObjectOwnership.BUCKET_OWNER_PREFERRED, controls());
  }

  @Test
  void deletedControlsAreNotFoundAndWritersOwn() {
    create(null, null);
    var request = DeleteBucketOwnershipControlsRequest.builder().bucket("bucket").build();
    store.call(Operation.DELETE_BUCKET_OWNERSHIP_CONTROLS, request, Object.class);
    assertEquals(S3Error.OWNERSHIP_CONTROLS_NOT_FOUND, Store.errorOf(this::controls));
    assertEquals(Store.STRANGER.id(), written(NOTHING).owner());
    store.call(Operation.DELETE_BUCKET_OWNERSHIP_CONTROLS, request, Object.class);
  }

  @Test
  void thereIsExactlyOneRule() {
    create(null, null);
    assertEquals(S3Error.MALFORMED_XML, Store.errorOf(() -> control()));
    var one = ObjectOwnership.OBJECT_WRITER;
    assertEquals(S3Error.MALFORMED_XML, Store.errorOf(() -> control(one, one)));
  }

  @Test
  void enforcedTheBucketsOwnerOwnsAndAclsAreRefused() {
    create(null, null);
    var expected = new ObjectAccess(Store.OWNER.id(), null);
    assertEquals(expected, written(NOTHING));
    assertEquals(expected, written(headers(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL)));
    var same = AclHeaders.of(null, null, null, null, null, "id=main-canonical");
    assertEquals(expected, written(same));
    for (var canned : ObjectCannedACL.values()) {
      if (canned != ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL) {
        assertEquals(
            S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
            Store.errorOf(() -> written(headers(canned))));
      }
    }
    assertEquals(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        Store.errorOf(() -> putBucketAcl(BucketCannedACL.PRIVATE)));
    store.put("bucket", "k", "");
    var request = PutObjectAclRequest.builder().bucket("bucket").key("k");
    assertEquals(
        S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED,
        Store.errorOf(
            () ->
                store.call(
                    Operation.PUT_OBJECT_ACL,
                    request.acl(ObjectCannedACL.PRIVATE).build(),
                    Object.class)));
  }

  @Test
  void preferredTheBucketsOwnerOwnsWhatIsHandedOver() {
    create(ObjectOwnership.BUCKET_OWNER_PREFERRED, null);
    assertEquals(Store.STRANGER.id(), written(NOTHING).owner());
    assertEquals(Store.STRANGER.id(), written(headers(ObjectCannedACL.PRIVATE)).owner());
    var handed = written(headers(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
    assertEquals(new ObjectAccess(Store.OWNER.id(), null), handed);
    var grant = AclHeaders.of(null, null, null, null, null, "id=main-canonical");
    assertEquals(Store.STRANGER.id(), written(grant).owner());
  }

  @Test
  void writersOwnAndGrantTheBucketsOwnerWhatTheyWant() {
    create(ObjectOwnership.OBJECT_WRITER, null);
    var access = written(headers(ObjectCannedACL.BUCKET_OWNER_FULL_CONTROL));
    assertEquals(Store.STRANGER.id(), access.owner());
    assertTrue(allows(access.acl(), "main-canonical"));
    assertTrue(allows(access.acl(), "other-canonical"));
    assertNull(written(headers(ObjectCannedACL.PRIVATE)).acl());
  }

  private static boolean allows(@Nullable Acl acl, String canonicalId) {
    return acl != null && acl.allows(canonicalId, Permission.WRITE_ACP, false);
  }

  @Test
  void whatNobodySignedBelongsToNobody() {
    create(ObjectOwnership.OBJECT_WRITER, BucketCannedACL.PUBLIC_READ_WRITE);
    var access = rules.ofNewObject(bucket(), new Caller.Anonymous(), NOTHING, () -> false);
    assertEquals(AclAccounts.ANONYMOUS.id(), access.owner());
  }

  @ParameterizedTest
  @EnumSource(
      value = BucketCannedACL.class,
      names = {
        "PUBLIC_READ",
        "PUBLIC_READ_WRITE",
        "AUTHENTICATED_READ",
        "LOG_DELIVERY_WRITE",
      })
  void aBucketThatGrantsToOthersCannotDisableAcls(BucketCannedACL acl) {
    assertEquals(S3Error.INVALID_ACL_WITH_OBJECT_OWNERSHIP, Store.errorOf(() -> create(null, acl)));
    create(ObjectOwnership.OBJECT_WRITER, acl);
    var enforced = ObjectOwnership.BUCKET_OWNER_ENFORCED;
    assertEquals(S3Error.INVALID_ACL_WITH_OBJECT_OWNERSHIP, Store.errorOf(() -> control(enforced)));
    putBucketAcl(BucketCannedACL.PRIVATE);
    control(enforced);
    assertEquals(enforced, controls());
  }

  @ParameterizedTest
  @EnumSource(
      value = BucketCannedACL.class,
      names = {"PRIVATE", "BUCKET_OWNER_READ", "BUCKET_OWNER_FULL_CONTROL", "AWS_EXEC_READ"})
  void aBucketMayBeMadeWithAnAclThatSaysNothing(BucketCannedACL acl) {
    create(null, acl);
    assertNull(bucket().acl());
  }

  @Test
  void publicAclsAreRefusedWhereTheyAreBlocked() {
    create(ObjectOwnership.OBJECT_WRITER, null);
    var read = headers(ObjectCannedACL.PUBLIC_READ);
    assertEquals(
        S3Error.ACCESS_DENIED,
        Store.errorOf(() -> rules.ofNewObject(bucket(), STRANGER, read, () -> true)));
    assertEquals(
        S3Error.ACCESS_DENIED,
        Store.errorOf(() -> rules.ofBucket(bucket(), read, null, () -> true)));
    assertEquals(
        S3Error.INVALID_ACL_WITH_BLOCK_PUBLIC_ACCESS,
        Store.errorOf(
            () -> rules.ofNewBucket(Store.OWNER, ObjectOwnership.OBJECT_WRITER, read, true)));
    var friends = AclHeaders.of(null, "id=other-canonical", null, null, null, null);
    var granted = requireNonNull(rules.ofNewObject(bucket(), STRANGER, friends, () -> true).acl());
    assertEquals(1, granted.grants().size());
  }

  @Test
  void aBucketAndAnObjectFromBeforeAclsAreTheOwnersAlone() {
    create(null, null);
    var stored = bucket().stored();
    var before =
        new RowWriter(1)
            .text("bucket")
            .text(Store.OWNER.id())
            .text("us-east-1")
            .number(1)
            .text(Versioning.NEVER.name())
            .text(Bucket.State.OPEN.name())
            .number(1)
            .finish();
    var old = Bucket.decode(new Row(stored.key(), before, stored.revision()));
    assertEquals(ObjectOwnership.BUCKET_OWNER_ENFORCED, old.ownershipControls());
    assertEquals(Acl.privateOf("main-canonical"), rules.of(old));
    var again = Bucket.decode(new Row(stored.key(), old.encode(), stored.revision()));
    assertEquals(old.encode(), again.encode());
  }

  @Test
  void aclsOfObjectsSleepWhileTheyAreDisabled() {
    create(ObjectOwnership.OBJECT_WRITER, null);
    var request = Store.request("bucket", "k", "").acl(ObjectCannedACL.PUBLIC_READ);
    store.put(request.build());
    var version = ObjectVersion.decode(Given.current(store.storage, "bucket", "k"));
    assertTrue(rules.of(bucket(), version).isPublic());
    control(ObjectOwnership.BUCKET_OWNER_ENFORCED);
    assertEquals(Acl.privateOf("main-canonical"), rules.of(bucket(), version));
    control(ObjectOwnership.OBJECT_WRITER);
    assertTrue(rules.of(bucket(), version).isPublic());
  }
}
