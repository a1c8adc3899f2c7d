package io.coffer.service;

import io.coffer.storage.Inspection.Kind;
import java.util.concurrent.atomic.LongAdder;

/** What a check has seen so far. Thread-safe: others may look on. */
public final class Tally {
  private final LongAdder objects = new LongAdder();
  private final LongAdder blobs = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder damage = new LongAdder();
  private final LongAdder strays = new LongAdder();

  /** Versions, delete markers included, and uploads in progress. */
  public long objects() {
    return objects.sum();
  }

  public long blobs() {
    return blobs.sum();
  }

  /** Bytes of blobs and of the files of rows that were read. */
  public long bytes() {
    return bytes.sum();
  }

  /** Findings that mean a loss. */
  public long damage() {
    return damage.sum();
  }

  /** Findings of what only takes room. */
  public long strays() {
    return strays.sum();
  }

  void object() {
    objects.increment();
  }

  void blob() {
    blobs.increment();
  }

  void bytes(long count) {
    bytes.add(count);
  }

  void found(Kind kind) {
    (kind == Kind.DAMAGE ? damage : strays).increment();
  }
}
