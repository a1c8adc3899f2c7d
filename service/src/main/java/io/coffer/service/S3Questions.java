package io.coffer.service;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.Decision;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.GetPublicAccessBlockRequest;
import io.coffer.service.explain.WrongQuestion;
import io.coffer.service.identity.Judge;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides questions about S3 as {@link Authorization} decides about requests, by the same code.
 * Thread-safe.
 */
public final class S3Questions {
  private static final Pattern ARN = Pattern.compile("arn:aws:s3:::([^/]+)(?:/(.*))?");

  private final Authorization authorization;

  public S3Questions(Authorization authorization) {
    this.authorization = authorization;
  }

  /**
   * A question.
   *
   * @param versionId that is asked for; null for none
   * @param onlyOf account that must own the bucket; null for any
   */
  public record Asked(
      String action, String resource, @Nullable String versionId, @Nullable String onlyOf) {}

  /**
   * Decides.
   *
   * @throws WrongQuestion no request is like that
   * @throws S3Exception AccessDenied: the bucket is of another account than it must be
   */
  public S3Verdict decide(Judge judge, Context context, Asked asked) {
    var permission = permission(asked.action());
    if (permission.scope() == S3Permission.Scope.ACCOUNT) {
      if (!asked.resource().equals("*") && !asked.resource().equals("arn:aws:s3:::*")) {
        throw new WrongQuestion(permission.action() + " is of no bucket: its resource is *.");
      }
      return ofAccount(judge, context, permission, null);
    }
    var arn = ARN.matcher(asked.resource());
    if (!arn.matches()) {
      throw new WrongQuestion(
          ("'%s' is no ARN of S3: a bucket is arn:aws:s3:::BUCKET, an object"
                  + " arn:aws:s3:::BUCKET/KEY, without region and account.")
              .formatted(asked.resource()));
    }
    var name = arn.group(1);
    var key = arn.group(2) == null || arn.group(2).isEmpty() ? null : arn.group(2);
    checkScope(permission, name, key);
    return permission == S3Permission.CREATE_BUCKET
        ? ofAccount(judge, context, permission, name)
        : ofBucket(judge, context, permission, asked, find(name), key);
  }

  private static S3Permission permission(String action) {
    return Arrays.stream(S3Permission.values())
        .filter(each -> each.action().equalsIgnoreCase(action))
        .findFirst()
        .orElseThrow(
            () ->
                new WrongQuestion(
                    ("No operation that works here asks for the action %s; docs/policies.md"
                            + " has a table of those that one does.")
                        .formatted(action)));
  }

  private static void checkScope(S3Permission permission, String bucket, @Nullable String key) {
    boolean ofBucket = permission.scope() == S3Permission.Scope.BUCKET;
    if (ofBucket && key != null) {
      throw new WrongQuestion(
          ("%s is asked of buckets: arn:aws:s3:::%s. What a listing begins with is its"
                  + " condition s3:prefix.")
              .formatted(permission.action(), bucket));
    }
    if (!ofBucket && key == null) {
      throw new WrongQuestion(
          "%s is asked of objects: arn:aws:s3:::%s/KEY.".formatted(permission.action(), bucket));
    }
  }

  private Bucket find(String name) {
    try {
      return authorization.bucket(name);
    } catch (S3Exception absent) {
      throw new WrongQuestion("There is no bucket " + name + ".");
    }
  }

  private S3Verdict ofAccount(
      Judge judge, Context context, S3Permission permission, @Nullable String bucket) {
    if (!(context.caller() instanceof Caller.Known known)) {
      return new S3Verdict(
          false, null, List.of(permission.action() + " is only for those who are of an account"));
    }
    boolean allowed =
        authorization
            .decide(judge, known.account(), facts("" + bucket), permission, bucket, context)
            .orElseThrow(S3Questions::isGone)
            .allowed();
    return new S3Verdict(allowed, null, List.of());
  }

  private S3Verdict ofBucket(
      Judge judge,
      Context context,
      S3Permission permission,
      Asked asked,
      Bucket bucket,
      @Nullable String key) {
    if (asked.onlyOf() != null && !asked.onlyOf().equals(bucket.owner())) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    var object =
        key == null ? null : authorization.asked(bucket, key(key), asked.versionId(), false);
    var last = new AtomicReference<Optional<Decision>>(Optional.empty());
    Judge listening =
        (c, action, resource, values, policy, owner) -> {
          last.set(judge.decide(c, action, resource, values, policy, owner));
          return last.get();
        };
    var access = new BucketAccess(authorization, context, facts(bucket.name()), bucket);
    var decision = authorization.decision(listening, access, permission, object);
    boolean allowed = decision.isAllowed();
    if (allowed && isForOwnAccount(permission) && !access.isOfOwnAccount()) {
      return new S3Verdict(
          false,
          "Denied: the policy of bucket %s is for its own account, %s, whatever it says."
              .formatted(bucket.name(), bucket.owner()),
          List.of());
    }
    return new S3Notes(authorization, bucket, permission, object, decision)
        .of(allowed, last.get().orElseThrow(S3Questions::isGone));
  }

  /** Others get MethodNotAllowed: S3 API Reference, "PutBucketPolicy", "Permissions". */
  private static boolean isForOwnAccount(S3Permission permission) {
    return switch (permission) {
      case GET_BUCKET_POLICY, PUT_BUCKET_POLICY, DELETE_BUCKET_POLICY -> true;
      default -> false;
    };
  }

  private static ObjectKey key(String text) {
    try {
      return new ObjectKey(text);
    } catch (S3Exception e) {
      throw new WrongQuestion("That key is too long: a key has at most 1,024 bytes.");
    }
  }

  /** Nobody has sent a request: what it would have beside bucket and key, conditions say. */
  private static RequestFacts<?> facts(String bucket) {
    return new RequestFacts<>(
        GetPublicAccessBlockRequest.SHAPE,
        GetPublicAccessBlockRequest.builder().bucket(bucket).build());
  }

  private static WrongQuestion isGone() {
    return new WrongQuestion("The user or role is no more.");
  }
}
