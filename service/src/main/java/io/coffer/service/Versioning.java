package io.coffer.service;

/** What a bucket does with earlier versions. */
public enum Versioning {
  /** Never switched on: one null version a key. */
  NEVER,
  ENABLED,
  /** Versions made before are kept; new ones are null versions. */
  SUSPENDED
}
