package io.coffer.service;

import io.coffer.auth.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what beside policies had a say in a decision of S3: ownership, public access, ACLs. */
final class S3Notes {
  private final Authorization authorization;
  private final Bucket bucket;
  private final S3Permission permission;
  private final @Nullable AskedObject object;
  private final S3Decision decision;
  private final List<String> notes = new ArrayList<>();

  S3Notes(
      Authorization authorization,
      Bucket bucket,
      S3Permission permission,
      @Nullable AskedObject object,
      S3Decision decision) {
    this.authorization = authorization;
    this.bucket = bucket;
    this.permission = permission;
    this.object = object;
    this.decision = decision;
  }

  /**
   * The verdict in words.
   *
   * @param byPolicies what the policies that count came to
   */
  S3Verdict of(boolean allowed, Decision byPolicies) {
    if (allowed && !byPolicies.allowed()) {
      return new S3Verdict(
          true,
          "Allowed by " + acl() + ", which grants " + permission.acl() + " to the caller.",
          List.of());
    }
    if (byPolicies instanceof Decision.ImplicitlyDenied denied) {
      notePolicy();
      if (denied.missing() == Decision.Missing.RESOURCE) {
        noteAcl();
      }
    }
    return new S3Verdict(allowed, null, notes);
  }

  /** Why the bucket's policy was not asked for what it grants. */
  private void notePolicy() {
    if (authorization.rules(bucket).policy() == null) {
      return;
    }
    if (!decision.owner().equals(bucket.owner())) {
      notes.add(
          ("the policy of bucket %s can deny it, but not allow it: the object is of account"
                  + " %s, not of %s, which owns the bucket")
              .formatted(bucket.name(), decision.owner(), bucket.owner()));
    }
    if (decision.isRestricted()) {
      notes.add(
          ("the policy of bucket %s is public, and RestrictPublicBuckets in the public access"
                  + " block of %s keeps what it allows from other accounts and the public")
              .formatted(
                  bucket.name(), blocker(authorization.rules(bucket).block().restrictBuckets())));
    }
  }

  /** Bucket or account: whichever blocks it. */
  private String blocker(boolean byBucket) {
    return byBucket ? "the bucket" : "account " + bucket.owner();
  }

  private void noteAcl() {
    if (!authorization.acls().enabled(bucket)) {
      notes.add(
          "no ACL can grant it: they are disabled in bucket %s, by BucketOwnerEnforced"
              .formatted(bucket.name()));
    } else if (permission.acl() == null) {
      notes.add("no ACL can grant " + permission.action());
    } else if (isOfObject() && object != null && object.version() == null) {
      notes.add("there is no such object, whose ACL could grant it");
    } else if (decision.isGrantedByAcl(false)) {
      notes.add(
          ("%s grants %s to everyone, or to all who sign, but IgnorePublicAcls in the public"
                  + " access block of %s makes that count for nothing")
              .formatted(
                  acl(),
                  permission.acl(),
                  blocker(authorization.rules(bucket).block().ignoreAcls())));
    } else {
      notes.add("%s does not grant %s to the caller".formatted(acl(), permission.acl()));
    }
  }

  private boolean isOfObject() {
    return permission.scope() == S3Permission.Scope.OBJECT;
  }

  private String acl() {
    return isOfObject() ? "the ACL of the object" : "the ACL of bucket " + bucket.name();
  }
}
