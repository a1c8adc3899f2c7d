package io.coffer.service.iam;

import io.coffer.auth.UriEncoding;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.Policy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.model.iam.IamError;
import io.coffer.service.identity.Grants;

/**
 * The documents of policies as IAM takes, counts and gives them. Source: IAM User Guide, "IAM and
 * AWS STS quotas".
 */
final class PolicyTexts {
  /** The most characters of a managed policy. */
  static final int MANAGED = 6_144;

  /** Of all inline policies of a user. */
  static final int INLINE_OF_USER = 2_048;

  /** Of all inline policies of a group. */
  static final int INLINE_OF_GROUP = 5_120;

  /** Of all inline policies of a role. */
  static final int INLINE_OF_ROLE = 10_240;

  /** Of a trust policy. */
  static final int TRUST = 2_048;

  /** What is longer is kept without the white space that does not count. */
  private static final int KEPT_AS_GIVEN = 8_192;

  private PolicyTexts() {}

  /**
   * Reads a document that is to be stored.
   *
   * @throws io.coffer.model.QueryException MalformedPolicyDocument, and what is wrong with it
   */
  static Policy check(String document, PolicyKind kind) {
    try {
      return PolicyReader.read(document, kind);
    } catch (MalformedPolicyException e) {
      throw IamError.MALFORMED_POLICY_DOCUMENT.exception(e.text());
    }
  }

  /** Its characters without white space, which no quota counts. */
  static int size(String document) {
    return (int) document.chars().filter(c -> !isBlank(c)).count();
  }

  /** Those of all inline policies of a user, group or role. */
  static int size(Grants grants) {
    return grants.inline().values().stream().mapToInt(PolicyTexts::size).sum();
  }

  /** As it is to be stored: as given, if it is not out of all proportion. */
  static String stored(String document) {
    if (document.length() <= KEPT_AS_GIVEN) {
      return document;
    }
    var kept = new StringBuilder(document.length());
    boolean inText = false;
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      if (c == '"') {
        inText = !inText;
      } else if (c == '\\' && i + 1 < document.length()) {
        kept.append(c);
        i++;
      }
      if (inText || !isBlank(c)) {
        kept.append(document.charAt(i));
      }
    }
    return kept.toString();
  }

  /** As answers have it: percent-encoded by RFC 3986. */
  static String encoded(String document) {
    return UriEncoding.encode(document, false);
  }

  private static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
  }
}
