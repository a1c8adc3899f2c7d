package io.coffer.service.sts;

import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.PolicyDescriptorType;
import io.coffer.model.sts.StsError;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.ManagedPolicies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies that are handed over when a session is made, and that bound it. Source: IAM User
 * Guide, "Policies and permissions in IAM", "Session policies"; STS API Reference, AssumeRole.
 *
 * @param inline one document at most
 * @param arns of managed policies, ten at most
 */
record SessionPolicies(List<String> inline, List<String> arns) {
  private static final int MOST_CHARACTERS = 2_048;
  private static final int MOST_ARNS = 10;

  /** What is wrong of a request's policies is said here. */
  static SessionPolicies of(
      @Nullable String inline, @Nullable List<PolicyDescriptorType> descriptors) {
    var arns = new ArrayList<String>();
    for (var descriptor : descriptors == null ? List.<PolicyDescriptorType>of() : descriptors) {
      if (descriptor.arn() != null) {
        arns.add(descriptor.arn());
      }
    }
    if (arns.size() > MOST_ARNS) {
      throw tooLong("policyArns", MOST_ARNS);
    }
    int length = arns.stream().mapToInt(String::length).sum();
    if (inline != null) {
      length += inline.length();
      if (inline.length() > MOST_CHARACTERS) {
        throw tooLong("policy", MOST_CHARACTERS);
      }
      check(inline);
    }
    if (length > MOST_CHARACTERS) {
      throw PackedSize.tooLarge("Packed policy", length * 100 / MOST_CHARACTERS);
    }
    return new SessionPolicies(inline == null ? List.of() : List.of(inline), arns);
  }

  private static void check(String document) {
    try {
      PolicyReader.read(document, PolicyKind.SESSION);
    } catch (MalformedPolicyException e) {
      throw StsError.MALFORMED_POLICY_DOCUMENT.exception(e.text());
    }
  }

  /**
   * Demands that its managed policies are there.
   *
   * @param account whose policies they are: that of the role
   * @throws QueryException ValidationError
   */
  void requireThere(Entities entities, String account) {
    for (var arn : arns) {
      if (ManagedPolicies.document(entities, account, arn).isEmpty()) {
        throw CommonError.VALIDATION_ERROR.exception(
            "Policy " + arn + " does not exist or is not attachable.");
      }
    }
  }

  private static QueryException tooLong(String member, int most) {
    return CommonError.VALIDATION_ERROR.exception(
        "1 validation error detected: Value at '%s' failed to satisfy constraint: Member must have"
                .formatted(member)
            + " length less than or equal to "
            + most);
  }
}
