package io.coffer.storage;

/** What a check of a blob found. */
public sealed interface Verdict {
  /** All bytes are as written. */
  record Sound(long length) implements Verdict {}

  /** Some are not. */
  record Damaged(String detail) implements Verdict {}

  /** There is no such blob. */
  record Missing() implements Verdict {}
}
