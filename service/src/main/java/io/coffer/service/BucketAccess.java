package io.coffer.service;

import io.coffer.auth.Caller;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A bucket that a request is about, and what the caller may do there. Handlers ask for each
 * permission that the operation needs before they read or write anything. Thread-safe.
 */
public final class BucketAccess {
  private final Authorization authorization;
  private final Context context;
  private final RequestFacts<?> facts;
  private final Bucket bucket;

  BucketAccess(Authorization authorization, Context context, RequestFacts<?> facts, Bucket bucket) {
    this.authorization = authorization;
    this.context = context;
    this.facts = facts;
    this.bucket = bucket;
  }

  /** The bucket, as it was read. */
  public Bucket bucket() {
    return bucket;
  }

  Context context() {
    return context;
  }

  RequestFacts<?> facts() {
    return facts;
  }

  /**
   * Demands a permission on the bucket, and gives the bucket.
   *
   * @throws S3Exception AccessDenied
   */
  public Bucket require(S3Permission permission) {
    return demand(allows(permission));
  }

  /**
   * Demands a permission on an object, or on what may come to be one, and gives the bucket.
   *
   * @param versionId that the request names: another action is asked for then; null for none
   * @throws S3Exception AccessDenied; that the object is not there, to whom may list the bucket
   */
  public Bucket require(S3Permission permission, ObjectKey key, @Nullable String versionId) {
    if (!allows(permission, key, versionId)) {
      if (permission.scope() == S3Permission.Scope.OBJECT && mayList(key)) {
        authorization.find(bucket, key, versionId);
      }
      throw S3Error.ACCESS_DENIED.exception();
    }
    return bucket;
  }

  /**
   * Demands what it takes beside PutObject to make an object as the request wants it.
   *
   * @param withTags whether it gets tags
   * @param withAcl whether it gets an ACL that it would not have by itself
   * @throws S3Exception AccessDenied
   */
  public void requireForNew(ObjectKey key, boolean withTags, boolean withAcl) {
    if (withTags) {
      demand(allowsForNew(S3Permission.PUT_OBJECT_TAGGING, key));
    }
    if (withAcl && authorization.acls().enabled(bucket)) {
      demand(allowsForNew(S3Permission.PUT_OBJECT_ACL, key));
    }
  }

  private boolean allowsForNew(S3Permission permission, ObjectKey key) {
    return authorization.allows(this, permission, authorization.asked(bucket, key, null, true));
  }

  /** Whether the caller has a permission on the bucket. */
  public boolean allows(S3Permission permission) {
    return authorization.allows(this, permission, null);
  }

  /** Whether the caller has a permission on an object; as {@link #require}. */
  public boolean allows(S3Permission permission, ObjectKey key, @Nullable String versionId) {
    return authorization.allows(
        this,
        versionId == null ? permission : permission.ofVersion(),
        authorization.asked(bucket, key, versionId, false));
  }

  /**
   * Looks for an object. Whoever may not list the bucket is not told that something is not there:
   * S3 API Reference, "GetObject", "Permissions".
   *
   * @throws S3Exception what {@code find} throws; AccessDenied in place of 404
   */
  public <T> T finding(ObjectKey key, Supplier<T> find) {
    try {
      return find.get();
    } catch (S3Exception e) {
      boolean isMissing = e.error() == S3Error.NO_SUCH_KEY || e.error() == S3Error.NO_SUCH_VERSION;
      if (isMissing && !mayList(key)) {
        throw S3Error.ACCESS_DENIED.exception();
      }
      throw e;
    }
  }

  /** Whether the caller is of the account that owns the bucket. */
  public boolean isOfOwnAccount() {
    return context.caller() instanceof Caller.Known known
        && known.account().id().equals(bucket.owner());
  }

  /** What public access the bucket and its account block. */
  public PublicAccessBlock block() {
    return authorization.block(bucket);
  }

  /** As if a listing had the key for its prefix. */
  private boolean mayList(ObjectKey key) {
    var asked = authorization.asked(bucket, key, null, false);
    return authorization.allows(this, S3Permission.LIST_BUCKET, asked);
  }

  private Bucket demand(boolean allowed) {
    if (!allowed) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    return bucket;
  }
}
