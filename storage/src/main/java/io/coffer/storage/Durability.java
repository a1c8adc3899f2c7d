package io.coffer.storage;

import java.time.Duration;

/**
 * When a batch and the blobs that it adopts have to be durable, that is, outlive a failure of the
 * machine. That they outlive the end of the process, however it comes, every kind promises from the
 * moment {@link Storage#commit} returns; a backend in memory promises nothing.
 *
 * <p>Batches become durable in the order in which they were committed, but blobs with them or
 * later: after a failure of the machine a row that was not yet due may be there and its blob
 * damaged, which reading it says.
 */
public sealed interface Durability {
  /** Durable when the commit returns. */
  Durability SYNC = new Sync();

  /** Durable when the machine gets round to it. */
  Durability RELAXED = new Relaxed();

  /** Durable when the commit returns. */
  record Sync() implements Durability {
    @Override
    public String toString() {
      return "sync";
    }
  }

  /**
   * Being made durable at this time after the commit returned, together with all that came
   * meanwhile.
   *
   * @param within 1 ms to 10 s
   */
  record Group(Duration within) implements Durability {
    public static final Duration SHORTEST = Duration.ofMillis(1);
    public static final Duration LONGEST = Duration.ofSeconds(10);

    public Group {
      if (within.compareTo(SHORTEST) < 0 || within.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("not from 1 ms to 10 s: " + within);
      }
    }

    @Override
    public String toString() {
      return "group=" + within.toMillis() + "ms";
    }
  }

  /**
   * Durable when the operating system or the backend's own upkeep writes it, usually within a
   * minute.
   */
  record Relaxed() implements Durability {
    @Override
    public String toString() {
      return "relaxed";
    }
  }
}
