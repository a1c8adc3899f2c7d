package io.coffer.service.operations;

import io.coffer.auth.policy.BucketPolicyStatus;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.Policy;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.model.S3Error;
import io.coffer.model.s3.DeleteBucketPolicyOutput;
import io.coffer.model.s3.DeleteBucketPolicyRequest;
import io.coffer.model.s3.GetBucketPolicyOutput;
import io.coffer.model.s3.GetBucketPolicyRequest;
import io.coffer.model.s3.GetBucketPolicyStatusOutput;
import io.coffer.model.s3.GetBucketPolicyStatusRequest;
import io.coffer.model.s3.PolicyStatus;
import io.coffer.model.s3.PutBucketPolicyOutput;
import io.coffer.model.s3.PutBucketPolicyRequest;
import io.coffer.service.Authorization;
import io.coffer.service.Bucket;
import io.coffer.service.BucketAccess;
import io.coffer.service.Context;
import io.coffer.service.Documents;
import io.coffer.service.S3Permission;

/**
 * GetBucketPolicy, PutBucketPolicy, DeleteBucketPolicy and GetBucketPolicyStatus: who may use a
 * bucket beside its owner. Only identities of the owner's account may change or see a policy, as in
 * AWS: others get 405, whatever the policy allows them.
 */
final class BucketPolicies {
  private final Authorization authorization;
  private final Documents documents;
  private final PrincipalCheck principals;

  BucketPolicies(Authorization authorization, Documents documents, PrincipalCheck principals) {
    this.authorization = authorization;
    this.documents = documents;
    this.principals = principals;
  }

  GetBucketPolicyOutput get(GetBucketPolicyRequest request, Context context) {
    var access = authorization.access(GetBucketPolicyRequest.SHAPE, request, context);
    var bucket = ofOwnAccount(access, S3Permission.GET_BUCKET_POLICY);
    return GetBucketPolicyOutput.builder().policy(stored(bucket)).build();
  }

  PutBucketPolicyOutput put(PutBucketPolicyRequest request, Context context) {
    var access = authorization.access(PutBucketPolicyRequest.SHAPE, request, context);
    var bucket = ofOwnAccount(access, S3Permission.PUT_BUCKET_POLICY);
    var document = request.policy();
    if (document == null || document.isEmpty()) {
      throw S3Error.MISSING_REQUEST_BODY.exception();
    }
    var policy = read(document, bucket);
    principals.check(policy);
    if (access.block().blockPolicy() && BucketPolicyStatus.isPublic(policy)) {
      throw S3Error.ACCESS_DENIED.exception(
          "Access Denied: public policies are blocked by the BlockPublicPolicy block public access"
              + " setting.");
    }
    documents.putPolicy(bucket, document);
    return PutBucketPolicyOutput.builder().build();
  }

  DeleteBucketPolicyOutput delete(DeleteBucketPolicyRequest request, Context context) {
    var access = authorization.access(DeleteBucketPolicyRequest.SHAPE, request, context);
    var bucket = ofOwnAccount(access, S3Permission.DELETE_BUCKET_POLICY);
    documents.deleteRule(bucket, Documents.POLICY);
    return DeleteBucketPolicyOutput.builder().build();
  }

  GetBucketPolicyStatusOutput status(GetBucketPolicyStatusRequest request, Context context) {
    var bucket =
        authorization
            .access(GetBucketPolicyStatusRequest.SHAPE, request, context)
            .require(S3Permission.GET_BUCKET_POLICY_STATUS);
    boolean isPublic = BucketPolicyStatus.isPublic(read(stored(bucket), bucket));
    return GetBucketPolicyStatusOutput.builder()
        .policyStatus(PolicyStatus.builder().isPublic(isPublic).build())
        .build();
  }

  /** S3 API Reference, "PutBucketPolicy", "Permissions". */
  private static Bucket ofOwnAccount(BucketAccess access, S3Permission permission) {
    var bucket = access.require(permission);
    if (!access.isOfOwnAccount()) {
      throw S3Error.METHOD_NOT_ALLOWED.exception();
    }
    return bucket;
  }

  private String stored(Bucket bucket) {
    return documents
        .policy(bucket)
        .orElseThrow(
            () -> S3Error.NO_SUCH_BUCKET_POLICY.exception().with("BucketName", bucket.name()));
  }

  private static Policy read(String document, Bucket bucket) {
    try {
      return PolicyReader.readBucketPolicy(document, bucket.name());
    } catch (MalformedPolicyException e) {
      throw S3Error.MALFORMED_POLICY.exception(e.text());
    }
  }
}
