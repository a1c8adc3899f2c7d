package io.coffer.service;

import io.coffer.storage.BlobId;
import java.util.concurrent.atomic.AtomicLong;

/** Gives ids that grow with time, and never the same twice. Thread-safe. */
public final class BlobIds {
  private final Environment environment;
  private final AtomicLong last = new AtomicLong();

  BlobIds(Environment environment) {
    this.environment = environment;
  }

  public BlobId next() {
    long now = environment.nowMicros();
    long time = last.updateAndGet(before -> Math.max(before + 1, now));
    return new BlobId(time, environment.random().nextLong());
  }
}
