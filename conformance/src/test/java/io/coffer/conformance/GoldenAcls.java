package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Grant;
import software.amazon.awssdk.services.s3.model.ObjectOwnership;
import software.amazon.awssdk.services.s3.model.Permission;

/** What golden stores have of ACLs: of a bucket, an object and an upload in progress. */
final class GoldenAcls {
  /** The bucket in which they count. */
  static final String BUCKET = "acls";

  private final S3Client s3;

  GoldenAcls(S3Client s3) {
    this.s3 = s3;
  }

  void make() {
    s3.createBucket(b -> b.bucket(BUCKET).objectOwnership(ObjectOwnership.OBJECT_WRITER));
    var owner = "id=\"" + s3.getBucketAcl(b -> b.bucket(BUCKET)).owner().id() + "\"";
    s3.putBucketAcl(b -> b.bucket(BUCKET).grantFullControl(owner).grantRead(owner));
    s3.putObject(
        b -> b.bucket(BUCKET).key("k").grantFullControl(owner).grantReadACP(owner),
        RequestBody.fromString("k"));
    s3.createMultipartUpload(
        b -> b.bucket(BUCKET).key("upload").grantFullControl(owner).grantWriteACP(owner));
  }

  void check() {
    var rules = s3.getBucketOwnershipControls(b -> b.bucket(BUCKET)).ownershipControls().rules();
    assertEquals(ObjectOwnership.OBJECT_WRITER, rules.getFirst().objectOwnership());
    var bucket = s3.getBucketAcl(b -> b.bucket(BUCKET));
    assertEquals(List.of(Permission.READ, Permission.FULL_CONTROL), permissions(bucket.grants()));
    var object = s3.getObjectAcl(b -> b.bucket(BUCKET).key("k"));
    assertEquals(
        List.of(Permission.READ_ACP, Permission.FULL_CONTROL), permissions(object.grants()));
    var upload = s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads().getFirst();
    assertEquals(bucket.owner().id(), upload.owner().id());
    assertEquals(bucket.owner().id(), upload.initiator().id());
  }

  /** Where nothing was said of it. */
  static void checkDisabled(S3Client s3, String name) {
    var rules = s3.getBucketOwnershipControls(b -> b.bucket(name)).ownershipControls().rules();
    assertEquals(ObjectOwnership.BUCKET_OWNER_ENFORCED, rules.getFirst().objectOwnership());
    var acl = s3.getBucketAcl(b -> b.bucket(name));
    assertEquals(List.of(Permission.FULL_CONTROL), permissions(acl.grants()));
  }

  private static List<Permission> permissions(List<Grant> grants) {
    return grants.stream().map(Grant::permission).toList();
  }
}
