package io.coffer.storage.files;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What ends all writing until the next start: an answer could not be kept, or a thread ended that
 * had work to do. Reading goes on. Thread-safe.
 */
final class Breakdown {
  private static final System.Logger LOG = System.getLogger(Breakdown.class.getName());

  private final AtomicReference<@Nullable Setback> setback = new AtomicReference<>();

  /** Empty as long as there is none. */
  Optional<Setback> setback() {
    return Optional.ofNullable(setback.get());
  }

  boolean isThere() {
    return setback.get() != null;
  }

  /** It is there from now on; the first reason is the one that is told. */
  void because(String reason, Throwable cause) {
    setback.compareAndSet(null, Setback.lasting(reason));
    LOG.log(System.Logger.Level.ERROR, "Nothing is written any more, because " + reason, cause);
  }

  /**
   * A platform thread behind the requests, to be started. When its work ends by what nobody expects
   * (an Error, a fault of ours), it would otherwise be missed by nobody.
   */
  Thread thread(String name, Runnable work) {
    return Thread.ofPlatform()
        .daemon()
        .name(name)
        .unstarted(
            () -> {
              try {
                work.run();
              } catch (RuntimeException | Error e) {
                because("the thread " + name + " ended: " + e, e);
              }
            });
  }
}
