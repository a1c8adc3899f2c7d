package io.coffer.auth.policy;

/** A policy that AWS would refuse; the message is what the caller is told, AWS's own if known. */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final PolicyKind kind;

  MalformedPolicyException(PolicyKind kind, String message) {
    super(message, null, false, false);
    this.kind = kind;
  }

  /** AWS's error code: MalformedPolicy for bucket policies, else MalformedPolicyDocument. */
  public String code() {
    return kind.errorCode();
  }

  /** What is wrong. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
