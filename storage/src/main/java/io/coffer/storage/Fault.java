package io.coffer.storage;

/** What {@link Faulty} may do to a call. */
public enum Fault {
  /** A commit is refused though its expectations hold; nothing changed. */
  REFUSED,
  /** A commit's outcome is unknown, and it was not applied. */
  UNKNOWN_BEFORE,
  /** A commit's outcome is unknown, and the engine did with it what it would have done. */
  UNKNOWN_AFTER,
  /** Any call fails, readers and writers of blobs included; nothing changed. */
  FAILURE,
  /** A commit, or a write to a blob, finds no room; nothing changed. */
  FULL,
  /** Any call waits before it begins. */
  SLOW
}
