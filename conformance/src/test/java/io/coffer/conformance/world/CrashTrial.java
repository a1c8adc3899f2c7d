package io.coffer.conformance.world;

import io.coffer.storage.files.RowsWatcher;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Opens crash states of a run, one after another, and holds them against the reference. */
final class CrashTrial {
  private final CrashRun run;
  private final Path place;
  private int opened;

  /**
   * @param place where the run was
   */
  CrashTrial(CrashRun run, Path place) {
    this.run = run;
    this.place = place;
  }

  /** Crash states opened so far. */
  int opened() {
    return opened;
  }

  /** All states of the run, each image once, in the order of the events. */
  List<CrashState> states() throws IOException {
    return CrashState.of(run.disk(), run.events(), this::rows, run.workload().seed());
  }

  /** The state with a number. */
  CrashState state(int number) {
    return CrashState.numbered(number, run.events(), this::rows, run.workload().seed());
  }

  private RowsVault.RowsState rows(Recorder.Event event) {
    return until(run.events(), event);
  }

  /** What there may be of the rows: while they are written, all of it up to the write's end. */
  private static RowsVault.RowsState until(List<Recorder.Event> events, Recorder.Event event) {
    boolean writes = event.kind() == Recorder.Kind.ROWS_BEFORE;
    return writes && event.index() + 1 < events.size()
        ? event.rows().until(events.get(event.index() + 1).rows())
        : event.rows();
  }

  /** Some of them, by chance. */
  static List<CrashState> some(List<CrashState> states, int count, long seed) {
    var some = new ArrayList<>(states);
    Collections.shuffle(some, new Random(seed));
    return some.subList(0, Math.min(count, some.size()));
  }

  /** What is wrong with a state. */
  Optional<String> fault(CrashState state) throws IOException {
    var root = restore(state);
    var disk = state.fresh().disk(run.disk());
    return recovery(root, disk, RowsWatcher.NONE, run.allowed(state.event()), () -> 0)
        .fault()
        .map(fault -> state + "\n" + fault);
  }

  /**
   * What is wrong with states that a second crash leaves, while the store recovers from the first.
   *
   * @param killed whether only the process ended at first, and the machine later
   */
  Optional<String> secondFault(CrashState first, boolean killed, int count) throws IOException {
    var root = restore(first);
    var disk = killed ? run.disk().killed(first.event().disk()) : first.fresh().disk(run.disk());
    var again = place.resolve("vault-" + opened);
    var vault = new RowsVault(again);
    vault.resume(root.resolve("rows"), first.rows(), !killed);
    var recorder = new Recorder(disk, vault, root.resolve("rows"), () -> {});
    var recovery =
        recovery(root, disk, recorder, run.allowed(first.event()), recorder.events()::size);
    var fault = recovery.fault();
    if (fault.isPresent()) {
      return fault.map(f -> first + (killed ? ", process alone\n" : "\n") + f);
    }
    recorder.note("closed");
    var events = new ArrayList<>(recorder.events());
    events.removeIf(event -> !recovery.isAsBefore(event.index()));
    var states = CrashState.of(disk, events, e -> until(recorder.events(), e), first.number());
    var tried = new ArrayList<>(some(states, count, first.number()));
    tried.add(CrashState.last(recorder.events())); // behind a clean end
    for (var second : tried) {
      var allowed = recovery.allowedAt(second.event().index());
      var left = second.fresh().disk(disk);
      var secondFault = recovery(restore(second), left, RowsWatcher.NONE, allowed, () -> 0).fault();
      if (secondFault.isPresent()) {
        return secondFault.map(f -> first + "\nthen " + second + "\n" + f);
      }
    }
    Scratch.remove(again);
    return Optional.empty();
  }

  private Recovery recovery(
      Path root,
      SimulatedDisk disk,
      RowsWatcher rows,
      List<Expectation> allowed,
      java.util.function.IntSupplier now) {
    opened++;
    long seed = run.workload().seed() * 31 + 7;
    var world = new DiskWorld(root, disk, rows, new SettableClock(), seed);
    return new Recovery(world, disk, run.names(), allowed, now);
  }

  /** The directory as the state has it; its disk is {@link CrashState#disk}. */
  Path restore(CrashState state) throws IOException {
    var root = place.resolve("data");
    Scratch.remove(root);
    Files.createDirectories(root);
    state.rows().restore(root.resolve("rows"), state.fresh().ofRows());
    return root;
  }
}
