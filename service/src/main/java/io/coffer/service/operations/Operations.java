package io.coffer.service.operations;

import io.coffer.model.s3.DeleteBucketPolicyRequest;
import io.coffer.model.s3.DeletePublicAccessBlockRequest;
import io.coffer.model.s3.GetBucketPolicyRequest;
import io.coffer.model.s3.GetBucketPolicyStatusRequest;
import io.coffer.model.s3.GetPublicAccessBlockRequest;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketPolicyRequest;
import io.coffer.model.s3.PutPublicAccessBlockRequest;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.EnumMap;
import java.util.Map;

/** Which handler an operation has; what is not here is not built and answers 501. */
public final class Operations {
  private Operations() {}

  public static Map<Operation, Handler<?, ?>> of(Subjects s) {
    var table = new EnumMap<Operation, Handler<?, ?>>(Operation.class);
    addBuckets(table, s);
    addObjects(table, s);
    addListings(table, s);
    addUploads(table, s);
    addTagging(table, s);
    addAcls(table, s);
    addPolicies(table, s);
    addPublicAccessBlocks(table, s);
    return table;
  }

  private static void addBuckets(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    table.put(Operation.LIST_BUCKETS, new ListBuckets(authorization, s.buckets()));
    table.put(
        Operation.CREATE_BUCKET,
        new CreateBucket(authorization, s.buckets(), s.acls(), s.settings()));
    table.put(Operation.HEAD_BUCKET, new HeadBucket(authorization));
    table.put(Operation.DELETE_BUCKET, new DeleteBucket(authorization, s.buckets()));
    table.put(Operation.GET_BUCKET_LOCATION, new GetBucketLocation(authorization));
    table.put(Operation.GET_BUCKET_VERSIONING, new GetBucketVersioning(authorization));
    table.put(Operation.PUT_BUCKET_VERSIONING, new PutBucketVersioning(authorization, s.buckets()));
  }

  private static void addObjects(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    var versions = s.versions();
    table.put(Operation.PUT_OBJECT, new PutObject(authorization, versions, s.contents(), s.acls()));
    table.put(Operation.GET_OBJECT, new GetObject(authorization, s.reads()));
    table.put(Operation.HEAD_OBJECT, new HeadObject(authorization, versions, s.reads()));
    table.put(Operation.DELETE_OBJECT, new DeleteObject(authorization, versions));
    table.put(Operation.DELETE_OBJECTS, new DeleteObjects(authorization, versions));
    table.put(
        Operation.COPY_OBJECT,
        new CopyObject(authorization, versions, s.contents(), s.reads(), s.acls()));
    table.put(
        Operation.GET_OBJECT_ATTRIBUTES,
        new GetObjectAttributes(authorization, versions, s.uploads()));
  }

  private static void addListings(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    var listings = s.listings();
    var listed = new ListedObjects(s.aclAccounts());
    table.put(Operation.LIST_OBJECTS, new ListObjects(authorization, listings, listed));
    table.put(Operation.LIST_OBJECTS_V2, new ListObjectsV2(authorization, listings, listed));
    table.put(
        Operation.LIST_OBJECT_VERSIONS, new ListObjectVersions(authorization, listings, listed));
    table.put(
        Operation.LIST_MULTIPART_UPLOADS,
        new ListMultipartUploads(authorization, listings, listed));
    table.put(Operation.LIST_PARTS, new ListParts(authorization, s.uploads(), listed));
  }

  private static void addUploads(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    var uploads = s.uploads();
    table.put(
        Operation.CREATE_MULTIPART_UPLOAD,
        new CreateMultipartUpload(authorization, uploads, s.acls()));
    table.put(Operation.UPLOAD_PART, new UploadPart(authorization, uploads, s.contents()));
    table.put(
        Operation.UPLOAD_PART_COPY,
        new UploadPartCopy(authorization, uploads, s.contents(), s.reads()));
    table.put(
        Operation.COMPLETE_MULTIPART_UPLOAD,
        new CompleteMultipartUpload(authorization, s.completions()));
    table.put(Operation.ABORT_MULTIPART_UPLOAD, new AbortMultipartUpload(authorization, uploads));
  }

  private static void addTagging(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    table.put(Operation.GET_OBJECT_TAGGING, new GetObjectTagging(authorization, s.versions()));
    table.put(Operation.PUT_OBJECT_TAGGING, new PutObjectTagging(authorization, s.versions()));
    table.put(
        Operation.DELETE_OBJECT_TAGGING, new DeleteObjectTagging(authorization, s.versions()));
    table.put(Operation.GET_BUCKET_TAGGING, new GetBucketTagging(authorization, s.documents()));
    table.put(Operation.PUT_BUCKET_TAGGING, new PutBucketTagging(authorization, s.documents()));
    table.put(
        Operation.DELETE_BUCKET_TAGGING, new DeleteBucketTagging(authorization, s.documents()));
  }

  private static void addAcls(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var authorization = s.authorization();
    var bucketAcls = new BucketAcls(authorization, s.buckets(), s.acls(), s.aclAccounts());
    table.put(Operation.GET_BUCKET_ACL, handler(bucketAcls::get));
    table.put(Operation.PUT_BUCKET_ACL, handler(bucketAcls::put));
    var objectAcls = new ObjectAcls(authorization, s.versions(), s.acls(), s.aclAccounts());
    table.put(Operation.GET_OBJECT_ACL, handler(objectAcls::get));
    table.put(Operation.PUT_OBJECT_ACL, handler(objectAcls::put));
    var ownership = new BucketOwnership(authorization, s.buckets(), s.acls());
    table.put(Operation.GET_BUCKET_OWNERSHIP_CONTROLS, handler(ownership::get));
    table.put(Operation.PUT_BUCKET_OWNERSHIP_CONTROLS, handler(ownership::put));
    table.put(Operation.DELETE_BUCKET_OWNERSHIP_CONTROLS, handler(ownership::delete));
  }

  /** Of a method of a class that has several operations. */
  private static <I, O> Handler<I, O> handler(Handler<I, O> method) {
    return method;
  }

  private static void addPolicies(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var principals = new PrincipalCheck(s.accounts(), s.entities());
    var policies = new BucketPolicies(s.authorization(), s.documents(), principals);
    table.put(Operation.GET_BUCKET_POLICY, (Handler<GetBucketPolicyRequest, ?>) policies::get);
    table.put(Operation.PUT_BUCKET_POLICY, (Handler<PutBucketPolicyRequest, ?>) policies::put);
    table.put(
        Operation.DELETE_BUCKET_POLICY, (Handler<DeleteBucketPolicyRequest, ?>) policies::delete);
    table.put(
        Operation.GET_BUCKET_POLICY_STATUS,
        (Handler<GetBucketPolicyStatusRequest, ?>) policies::status);
  }

  private static void addPublicAccessBlocks(Map<Operation, Handler<?, ?>> table, Subjects s) {
    var blocks = new PublicAccessBlocks(s.authorization(), s.documents());
    table.put(
        Operation.GET_PUBLIC_ACCESS_BLOCK, (Handler<GetPublicAccessBlockRequest, ?>) blocks::get);
    table.put(
        Operation.PUT_PUBLIC_ACCESS_BLOCK, (Handler<PutPublicAccessBlockRequest, ?>) blocks::put);
    table.put(
        Operation.DELETE_PUBLIC_ACCESS_BLOCK,
        (Handler<DeletePublicAccessBlockRequest, ?>) blocks::delete);
  }
}
