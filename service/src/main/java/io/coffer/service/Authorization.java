package io.coffer.service;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.model.S3Error;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what; the only place where it is decided. Until there are policies only the account
 * that owns a bucket may use it. Thread-safe.
 */
public final class Authorization {
  private final Buckets buckets;

  Authorization(Buckets buckets) {
    this.buckets = buckets;
  }

  /**
   * The account that asks.
   *
   * @throws io.coffer.model.S3Exception AccessDenied when nobody signed
   */
  public Account account(Context context) {
    return switch (context.caller()) {
      case Caller.Known known -> known.account();
      case Caller.Anonymous ignored -> throw S3Error.ACCESS_DENIED.exception();
    };
  }

  /**
   * A bucket that the caller may use.
   *
   * @param expectedOwner account id that the client expects to own it, or null
   * @throws io.coffer.model.S3Exception NoSuchBucket, AccessDenied
   */
  public Bucket bucket(String name, Context context, @Nullable String expectedOwner) {
    var bucket = buckets.find(name);
    if (expectedOwner != null && !expectedOwner.equals(bucket.owner())) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    if (!account(context).id().equals(bucket.owner())) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    return bucket;
  }
}
