package io.coffer.service;

import io.coffer.auth.policy.BucketPolicyStatus;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.storage.Revision;
import java.util.Map;

/**
 * The rules of access of buckets, read once for each state of a bucket. Whoever changes a document
 * that they are made of writes the bucket's row in the same batch, so that the next request, which
 * reads that row anyway, sees that what is remembered is of an earlier state. Thread-safe.
 */
final class BucketRules {
  private static final int MOST = 10_000;

  /**
   * @param revision of the bucket's row
   */
  private record Known(Revision revision, AccessRules rules) {}

  private final Documents documents;
  private final Map<Long, Known> known = LatestUsed.map(MOST);

  BucketRules(Documents documents) {
    this.documents = documents;
  }

  /** Of a bucket as it was read. */
  AccessRules of(Bucket bucket) {
    var revision = bucket.stored().revision();
    var remembered = known.get(bucket.id());
    if (remembered != null && remembered.revision().equals(revision)) {
      return remembered.rules();
    }
    var read = read(bucket);
    known.put(bucket.id(), new Known(revision, read));
    return read;
  }

  private AccessRules read(Bucket bucket) {
    var block = documents.publicAccessBlock(bucket).orElse(PublicAccessBlock.NOTHING);
    var document = documents.policy(bucket);
    if (document.isEmpty()) {
      return new AccessRules(null, false, block);
    }
    try {
      var policy = PolicyReader.readBucketPolicy(document.get(), bucket.name());
      var named = new NamedPolicy("the policy of bucket " + bucket.name(), policy);
      return new AccessRules(named, BucketPolicyStatus.isPublic(policy), block);
    } catch (MalformedPolicyException e) {
      throw new IllegalStateException(
          "the stored policy of bucket " + bucket.name() + " cannot be read", e);
    }
  }
}
