package io.coffer.auth;

/** Who asks. */
public sealed interface Caller {
  /** Nobody: the request was not signed. */
  record Anonymous() implements Caller {}

  /** The root of an account. */
  record Root(Account account, String accessKeyId) implements Caller {}
}
