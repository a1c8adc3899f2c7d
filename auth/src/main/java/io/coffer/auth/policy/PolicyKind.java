package io.coffer.auth.policy;

/**
 * Where a policy is attached, which decides what it must and must not say. Source: IAM User Guide,
 * "Policies and permissions in IAM" and "Grammar of the IAM JSON policy language".
 */
public enum PolicyKind {
  /** Attached to a user, group or role: no Principal, a Resource. */
  IDENTITY("MalformedPolicyDocument", 131_072),
  /** A bucket policy: a Principal, and Resources of that bucket; at most 20,480 bytes. */
  RESOURCE("MalformedPolicy", 20_480),
  /** Who may assume a role: a Principal, no Resource. */
  TRUST("MalformedPolicyDocument", 131_072),
  /** Handed over when a session is made; as {@link #IDENTITY}. */
  SESSION("MalformedPolicyDocument", 131_072),
  /** The most that identity policies can allow; as {@link #IDENTITY}. */
  BOUNDARY("MalformedPolicyDocument", 131_072);

  private final String errorCode;
  private final int maxBytes;

  PolicyKind(String errorCode, int maxBytes) {
    this.errorCode = errorCode;
    this.maxBytes = maxBytes;
  }

  /** The code of AWS's error for a policy of this kind that is wrong. */
  public String errorCode() {
    return errorCode;
  }

  /**
   * The most bytes of UTF-8 that are read. IAM's quotas, which depend on what a policy is attached
   * to, are lower and not checked here.
   */
  public int maxBytes() {
    return maxBytes;
  }

  /** Whether statements name principals. */
  boolean hasPrincipal() {
    return this == RESOURCE || this == TRUST;
  }
}
