package io.coffer.service;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.model.S3Error;
import io.coffer.service.S3Permission.Scope;
import io.coffer.service.identity.Judge;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One decision about one permission. For one thread.
 *
 * <p>The bucket's policy can always deny. It grants nothing on objects that another account owns,
 * whose ACL decides; and where public buckets are restricted, a public policy grants nothing to
 * other accounts and the public. Source: S3 User Guide, "How Amazon S3 authorizes a request for an
 * object operation" and "Blocking public access to your Amazon S3 storage".
 */
final class S3Decision {
  private final Judge judge;
  private final Acls acls;
  private final Authorization authorization;
  private final BucketAccess asked;
  private final Bucket bucket;
  private final AccessRules rules;
  private final S3Permission permission;
  private final @Nullable AskedObject object;

  /**
   * @param object null for permissions on the bucket
   */
  S3Decision(
      Judge judge,
      Acls acls,
      Authorization authorization,
      BucketAccess asked,
      AccessRules rules,
      S3Permission permission,
      @Nullable AskedObject object) {
    this.judge = judge;
    this.acls = acls;
    this.authorization = authorization;
    this.asked = asked;
    this.bucket = asked.bucket();
    this.rules = rules;
    this.permission = permission;
    this.object = object;
  }

  boolean isAllowed() {
    var policy = rules.policy();
    var owner = owner();
    boolean policyGrants = owner.equals(bucket.owner()) && !isRestricted();
    var decision = decide(policy, bucket.owner());
    if (!policyGrants && !(decision instanceof Decision.ExplicitlyDenied)) {
      decision = decide(null, owner);
    }
    return switch (decision) {
      case Decision.Allowed allowed -> true;
      case Decision.ExplicitlyDenied denied -> false;
      case Decision.ImplicitlyDenied denied ->
          denied.missing() == Decision.Missing.RESOURCE
              && isGrantedByAcl(authorization.block(bucket).ignoreAcls());
    };
  }

  /** The account that owns the resource: of an object it may be another than that of the bucket. */
  String owner() {
    if (object == null || permission.scope() != Scope.OBJECT || !acls.enabled(bucket)) {
      return bucket.owner();
    }
    if (object.isNew() && permission == S3Permission.PUT_OBJECT_ACL) {
      return writer();
    }
    var version = object.version();
    return version == null ? bucket.owner() : version.owner();
  }

  /** Whoever writes an object owns it, and so gives it its ACL, unless nobody signed. */
  private String writer() {
    return asked.context().caller() instanceof Caller.Known known
        ? known.account().id()
        : bucket.owner();
  }

  /** Whether the bucket's policy grants nothing to the caller because public ones do not count. */
  boolean isRestricted() {
    return rules.isPublic()
        && !asked.isOfOwnAccount()
        && authorization.block(bucket).restrictBuckets();
  }

  private Decision decide(@Nullable NamedPolicy policy, String owner) {
    var values =
        new S3Values(
            asked.context(),
            asked.facts(),
            permission,
            authorization.region(),
            bucket.owner(),
            isListing() && object != null ? object.key() : null,
            object == null ? null : object.versionId(),
            permission.scope() == Scope.OBJECT && object != null ? object::tags : Map::of);
    return judge
        .decide(asked.context(), permission.action(), resource(), values, policy, owner)
        .orElseThrow(S3Error.INVALID_ACCESS_KEY_ID::exception);
  }

  /** Whether the question is if a listing would show the object. */
  private boolean isListing() {
    return permission.scope() == Scope.BUCKET;
  }

  private String resource() {
    var arn = "arn:aws:s3:::" + bucket.name();
    return object == null || isListing() ? arn : arn + "/" + object.key().text();
  }

  /**
   * Whether an ACL grants it.
   *
   * @param ignorePublic grants to everyone and to all authenticated users do not count
   */
  boolean isGrantedByAcl(boolean ignorePublic) {
    if (!acls.enabled(bucket)) {
      return false;
    }
    var caller = asked.context().caller();
    if (object != null && object.isNew()) { // who may write an object may say what comes with it
      return acls.allow(caller, bucket, null, AclPermission.WRITE, ignorePublic);
    }
    var wanted = permission.acl();
    if (wanted == null) {
      return false;
    }
    ObjectVersion version = null;
    if (permission.scope() == Scope.OBJECT && object != null) {
      version = object.version();
      if (version == null) {
        return false;
      }
    }
    return acls.allow(caller, bucket, version, wanted, ignorePublic);
  }
}
