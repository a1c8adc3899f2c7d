package io.coffer.service;

import io.coffer.auth.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What ACLs have to say about a request. They are asked last: when no policy denies it, the
 * caller's own account allows it (if it has one), and the bucket's policy does not. Thread-safe.
 */
public interface Acls {
  /**
   * Whether ACLs count in a bucket, and objects may be of other accounts than the bucket's: not
   * with BucketOwnerEnforced. Asked with every request, so it must not read anything.
   */
  boolean enabled(Bucket bucket);

  /**
   * Whether an ACL grants a permission. Asked only for buckets where ACLs are enabled.
   *
   * @param version whose ACL it is; null for the ACL of the bucket
   * @param ignorePublic grants to everyone and to all authenticated users do not count
   */
  boolean allow(
      Caller caller,
      Bucket bucket,
      @Nullable ObjectVersion version,
      AclPermission permission,
      boolean ignorePublic);

  /** No bucket has ACLs that count. */
  static Acls disabled() {
    return new Acls() {
      @Override
      public boolean enabled(Bucket bucket) {
        return false;
      }

      @Override
      public boolean allow(
          Caller caller,
          Bucket bucket,
          @Nullable ObjectVersion version,
          AclPermission permission,
          boolean ignorePublic) {
        return false;
      }
    };
  }
}
