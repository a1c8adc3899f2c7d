package io.coffer.auth.policy;

import org.jspecify.annotations.Nullable;

/** Whether a request is allowed, and by what. */
public sealed interface Decision {
  /** Whether it is allowed. */
  boolean allowed();

  /**
   * Allowed.
   *
   * @param by the statement that allows; null for the root of the account that owns the resource
   */
  record Allowed(@Nullable Match by) implements Decision {
    @Override
    public boolean allowed() {
      return true;
    }
  }

  /** Denied. */
  sealed interface Denied extends Decision {
    @Override
    default boolean allowed() {
      return false;
    }
  }

  /** A statement denies it. */
  record ExplicitlyDenied(Match by) implements Denied {}

  /** No statement denies it, and what must allow it does not. */
  record ImplicitlyDenied(Missing missing) implements Denied {}

  /** What does not allow a request. If several do not, it is the first of these. */
  enum Missing {
    /** Neither a policy of the caller's identity nor, within one account, one of the resource. */
    IDENTITY,
    /** The permissions boundary. */
    BOUNDARY,
    /** The policies of the session. */
    SESSION,
    /** The policy of the resource. The caller's own account allows the request, if it has one. */
    RESOURCE
  }
}
