package io.coffer.bench;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests for its own keys, the next when the last is answered, until the server is gone.
 */
final class CrashWriter implements Callable<CrashWriter.Tally> {
  private final Caller caller;
  private final StepChooser chooser;
  private final OwnKeys keys;
  private final BooleanSupplier killed;

  /**
   * What came of it.
   *
   * @param acknowledged requests that were answered as S3 answers them
   * @param failure what the server did wrong while it lived, or null
   */
  record Tally(long acknowledged, @Nullable String failure) {}

  /**
   * @param killed whether the end of the connection is no surprise
   */
  CrashWriter(Caller caller, StepChooser chooser, OwnKeys keys, BooleanSupplier killed) {
    this.caller = caller;
    this.chooser = chooser;
    this.keys = keys;
    this.killed = killed;
  }

  @Override
  public Tally call() throws IOException {
    long acknowledged = 0;
    try (caller) {
      while (true) {
        var step = chooser.next();
        var states = keys.at(step.path());
        states.begin(step.after());
        try {
          states.acknowledge(step.meaning().of(caller.call(step.request(), step.maxText())));
          acknowledged++;
        } catch (UnexpectedAnswer e) {
          return new Tally(acknowledged, "%s %s: %s".formatted(step.name(), step.path(), e));
        } catch (IOException e) {
          var failure = "%s %s: lost the living server: %s".formatted(step.name(), step.path(), e);
          return new Tally(acknowledged, killed.getAsBoolean() ? null : failure);
        }
      }
    }
  }
}
