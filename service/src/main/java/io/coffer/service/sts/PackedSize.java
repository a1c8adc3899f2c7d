package io.coffer.service.sts;

import io.coffer.model.QueryException;
import io.coffer.model.sts.StsError;
import io.coffer.service.RowWriter;
import java.util.List;
import java.util.Map;

/**
 * How much of what a session token has room for its policies, tags and claims take. Source: STS API
 * Reference, AssumeRole, PackedPolicySize; AWS does not document the size, so that here it is what
 * fits into a header well.
 */
final class PackedSize {
  private static final int MOST_BYTES = 2_048;

  private PackedSize() {}

  /**
   * In percent, rounded up.
   *
   * @throws QueryException PackedPolicyTooLarge above 100
   */
  static int of(SessionPolicies policies, SessionTags tags, Map<String, List<String>> claims) {
    var out = new RowWriter(1);
    policies.inline().forEach(out::text);
    policies.arns().forEach(out::text);
    out.map(tags.all());
    claims.values().forEach(values -> values.forEach(out::text));
    int packed = Packing.pack(out.finish().unsafeArray()).length;
    int percent = (packed * 100 + MOST_BYTES - 1) / MOST_BYTES;
    if (percent > 100) {
      throw tooLarge("Packed policy", percent);
    }
    return percent;
  }

  static QueryException tooLarge(String what, int percent) {
    return StsError.PACKED_POLICY_TOO_LARGE.exception(
        what + " consumes " + percent + "% of allotted space, please use smaller policy.");
  }
}
