package io.coffer.storage;

/** The direction of a scan. */
public enum Order {
  ASCENDING,
  /** From the end of the range to its beginning. */
  DESCENDING
}
