package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.policy.Decision;
import io.coffer.model.S3Error;
import io.coffer.model.Shape;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.Judge;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what in S3; the only place where it is decided. Thread-safe. Source: S3 User Guide,
 * "How Amazon S3 authorizes a request".
 *
 * <p>Policies decide first: those of the caller's identity and that of the bucket. What they leave
 * open for want of a bucket policy, ACLs may grant. The root of the account that owns a bucket
 * without a policy needs neither.
 */
public final class Authorization {
  private final Buckets buckets;
  private final Versions versions;
  private final BucketRules rules;
  private final AccountBlocks accountBlocks;
  private final Access access;
  private final Acls acls;
  private final String region;

  Authorization(
      Buckets buckets,
      Versions versions,
      Documents documents,
      AccountBlocks accountBlocks,
      Access access,
      Acls acls,
      String region) {
    this.buckets = buckets;
    this.versions = versions;
    this.rules = new BucketRules(documents);
    this.accountBlocks = accountBlocks;
    this.access = access;
    this.acls = acls;
    this.region = region;
  }

  /**
   * The bucket that a request names in its members Bucket and ExpectedBucketOwner.
   *
   * @throws io.coffer.model.S3Exception NoSuchBucket; AccessDenied when another account owns it
   *     than the client expects
   */
  public <R> BucketAccess access(Shape<R> shape, R request, Context context) {
    var facts = new RequestFacts<>(shape, request);
    return access(
        facts,
        String.valueOf(facts.member("Bucket")),
        (String) facts.member("ExpectedBucketOwner"),
        context);
  }

  /**
   * The bucket of the source of a copy.
   *
   * @throws io.coffer.model.S3Exception as {@link #access}
   */
  public <R> BucketAccess source(Shape<R> shape, R request, CopySource source, Context context) {
    var facts = new RequestFacts<>(shape, request);
    var expected = (String) facts.member("ExpectedSourceBucketOwner");
    return access(facts, source.bucket(), expected, context);
  }

  private BucketAccess access(
      RequestFacts<?> facts, String name, @Nullable String expectedOwner, Context context) {
    var bucket = buckets.find(name);
    if (expectedOwner != null && !expectedOwner.equals(bucket.owner())) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    return new BucketAccess(this, context, facts, bucket);
  }

  /**
   * Demands a permission that is of no bucket that is there, and gives the caller's account.
   *
   * @param bucket name of what is to be one; null for none
   * @throws io.coffer.model.S3Exception AccessDenied
   */
  public <R> Account account(
      Shape<R> shape,
      R request,
      S3Permission permission,
      @Nullable String bucket,
      Context context) {
    var account = account(context);
    if (!(context.caller() instanceof Caller.Root)) {
      var facts = new RequestFacts<>(shape, request);
      var decision = decide(access, account, facts, permission, bucket, context);
      if (!decision.orElseThrow(S3Error.INVALID_ACCESS_KEY_ID::exception).allowed()) {
        throw S3Error.ACCESS_DENIED.exception();
      }
    }
    return account;
  }

  /**
   * Decides about a permission that is of no bucket that is there.
   *
   * @return empty when the caller's user or role is no more
   */
  Optional<Decision> decide(
      Judge judge,
      Account account,
      RequestFacts<?> facts,
      S3Permission permission,
      @Nullable String bucket,
      Context context) {
    var resource = bucket == null ? "arn:aws:s3:::*" : "arn:aws:s3:::" + bucket;
    var values =
        new S3Values(context, facts, permission, region, account.id(), null, null, Map::of);
    return judge.decide(context, permission.action(), resource, values, null, account.id());
  }

  private static Account account(Context context) {
    return switch (context.caller()) {
      case Caller.Known known -> known.account();
      case Caller.Anonymous nobody -> throw S3Error.ACCESS_DENIED.exception();
    };
  }

  /** What public access a bucket and its account block. */
  PublicAccessBlock block(Bucket bucket) {
    var own = rules.of(bucket).block();
    return accountBlocks.find(bucket.owner()).map(own::and).orElse(own);
  }

  AskedObject asked(Bucket bucket, ObjectKey key, @Nullable String versionId, boolean isNew) {
    return new AskedObject(versions, bucket, key, versionId, isNew);
  }

  /**
   * Whether a caller has a permission.
   *
   * @param object null for permissions on the bucket
   */
  boolean allows(BucketAccess asked, S3Permission permission, @Nullable AskedObject object) {
    var bucket = asked.bucket();
    var known = rules.of(bucket);
    boolean ownerRules = permission.scope() != S3Permission.Scope.OBJECT || !acls.enabled(bucket);
    if (known.policy() == null
        && ownerRules
        && asked.context().caller() instanceof Caller.Root root
        && root.account().id().equals(bucket.owner())) {
      return true;
    }
    return new S3Decision(access, acls, this, asked, known, permission, object).isAllowed();
  }

  /** The whole decision, as a judge finds. */
  S3Decision decision(
      Judge judge, BucketAccess asked, S3Permission permission, @Nullable AskedObject object) {
    var known = rules(asked.bucket());
    return new S3Decision(judge, acls, this, asked, known, permission, object);
  }

  AccessRules rules(Bucket bucket) {
    return rules.of(bucket);
  }

  /**
   * The bucket with a name.
   *
   * @throws io.coffer.model.S3Exception NoSuchBucket
   */
  Bucket bucket(String name) {
    return buckets.find(name);
  }

  /** Throws if there is no such object. */
  void find(Bucket bucket, ObjectKey key, @Nullable String versionId) {
    versions.find(bucket, key, versionId);
  }

  Acls acls() {
    return acls;
  }

  String region() {
    return region;
  }
}
