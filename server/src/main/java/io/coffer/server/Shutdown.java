package io.coffer.server;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import sun.misc.Signal;

/**
 * What happens when the process is told to end: the first signal begins a graceful stop, the second
 * ends at once. Shutdown hooks cannot tell the two apart, so the signals are handled here.
 */
final class Shutdown {
  /** Shells add the number of a signal to this for the exit status. */
  private static final int ENDED_BY_SIGNAL = 128;

  private Shutdown() {}

  /** Runs an action at the first SIGTERM or SIGINT, on a thread of its own. */
  static void onSignal(Runnable action) {
    var stopping = new AtomicBoolean();
    for (var name : List.of("TERM", "INT")) {
      Signal.handle(
          new Signal(name),
          signal -> {
            if (stopping.getAndSet(true)) {
              Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal.getNumber());
            }
            Thread.ofPlatform().name("shutdown").start(action);
          });
    }
  }
}
