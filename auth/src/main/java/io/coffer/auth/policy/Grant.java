package io.coffer.auth.policy;

/**
 * How directly a statement names the caller; in a resource's policy it decides which implicit
 * denials elsewhere still count. Source: IAM User Guide, "Policy evaluation logic", "Resource-based
 * policies".
 */
enum Grant {
  /** The statement does not apply. */
  NONE,
  /** It names the caller's account, which delegates to the account's own policies. */
  ACCOUNT,
  /** It names the role, or the user, behind the session: boundary and session policy count. */
  ENTITY,
  /** It names the caller itself, or everyone: nothing implicit counts in the caller's account. */
  SELF;

  /** Of what is the caller itself, or not. */
  static Grant self(boolean is) {
    return is ? SELF : NONE;
  }

  /** Of what is the caller itself, or who is behind its session. */
  static Grant selfOrEntity(boolean isSelf, boolean isEntity) {
    return isSelf ? SELF : isEntity ? ENTITY : NONE;
  }

  /** Of an account, which its root is itself. */
  static Grant account(boolean is, PrincipalNames names) {
    return !is ? NONE : names.isRoot() ? SELF : ACCOUNT;
  }

  static Grant stronger(Grant a, Grant b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}
