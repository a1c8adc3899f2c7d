package io.coffer.server;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What happens when the process is told to end: the first signal begins a graceful stop, the second
 * ends at once. Shutdown hooks cannot tell the two apart, so the signals are handled here.
 */
final class Shutdown {
  private static final int ENDED_BY_SIGNAL = 130;

  private Shutdown() {}

  /** Runs an action at the first signal, in time before the process ends. */
  static void onSignal(Runnable action) {
    var stopping = new AtomicBoolean();
    for (var name : new String[] {"TERM", "INT"}) {
      sun.misc.Signal.handle(
          new sun.misc.Signal(name),
          signal -> {
            if (stopping.getAndSet(true)) {
              Runtime.getRuntime().halt(ENDED_BY_SIGNAL);
            }
            Thread.ofPlatform().name("shutdown").start(action);
          });
    }
  }
}
