package io.coffer.conformance.world;

import io.coffer.model.S3Exception;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.RowsWatcher;
import io.coffer.storage.files.disk.Crash;
import io.coffer.storage.files.disk.Disk.DiskFull;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/**
 * A workload during which one operation of the disk, or one write of rows, fails. The step that
 * meets it succeeds or is answered with a 5xx; then it was done or not done, and all goes on.
 */
final class FaultRun {
  /** What fails. */
  enum Fault {
    /** An operation of the disk, with an I/O error. */
    BROKEN,
    /** An operation of the disk that takes room. */
    FULL,
    /** A write of rows. */
    ROWS
  }

  private static final int BEHIND_ALL_STEPS = 1_000_000;
  private static final long MINUTE_MILLIS = 60_000;

  private final Workload workload;
  private final SimulatedDisk disk;
  private final Path root;
  private final RowsWatcher rows;
  private final SettableClock clock = new SettableClock();
  private final Names names = new Names();
  private final List<Step> done = new ArrayList<>();
  private Reference reference = new Reference();
  private StorageSite site;
  private long rowWrites;
  private int starts;
  private boolean injected;

  /** Whether faults are over, since the store is looked at. */
  private boolean over;

  private String what = "";

  /**
   * @param root of the data
   * @param at the number of the operation or write that fails, from 1
   */
  FaultRun(Workload workload, Path root, Fault fault, long at) {
    this.workload = workload;
    disk = new SimulatedDisk(root);
    disk.watch((number, operation) -> mayFail(fault, number == at, operation));
    this.root = root;
    rows =
        new RowsWatcher() {
          @Override
          public void before(Path directory, boolean synced) throws RocksDBException {
            rowWrites++;
            if (fault == Fault.ROWS && rowWrites == at && !over) {
              injected = true;
              what = "write of rows " + at;
              throw new RocksDBException("injected: a write of rows failed");
            }
          }
        };
    site = open();
  }

  private void mayFail(Fault fault, boolean now, String operation) throws IOException {
    if (!now || over || fault == Fault.ROWS) {
      return;
    }
    boolean takesRoom = operation.matches("(create|append|make|rename|link|sync) .*");
    if (fault == Fault.BROKEN || takesRoom) {
      injected = true;
      what = operation;
      throw fault == Fault.BROKEN
          ? new IOException("Input/output error")
          : new DiskFull("No space left on device", new IOException("injected"));
    }
  }

  /** Whether the fault was met; when not, the workload has no such operation. */
  boolean injected() {
    return injected;
  }

  /** What was found wrong. */
  Optional<String> run() {
    try {
      for (var step : workload.steps()) {
        var fault = step(step);
        if (fault.isPresent()) {
          return fault.map(f -> "at " + step + " (fails: " + what + ")\n" + f);
        }
      }
      return end().map(f -> "at the end (failed: " + what + ")\n" + f);
    } finally {
      site.close();
    }
  }

  private Optional<String> step(Step step) {
    boolean before = injected;
    var expected = reference.run(step);
    var answered = answer(step);
    done.add(step);
    if (!before && injected) {
      goOn();
    }
    if (answered.equals(expected)) {
      return Optional.empty();
    }
    if (before || !injected || !answered.startsWith("5")) {
      return Optional.of("  expected " + expected + "\n  answered " + answered);
    }
    return decide(step, answered);
  }

  /** The answer; a restart that fails is tried again, as an operator would. */
  private String answer(Step step) {
    if (!(step.op() instanceof Op.Restart)) {
      return new Client(site, clock, names).run(step);
    }
    site.close();
    site = open();
    return "ok";
  }

  private StorageSite open() {
    try {
      return world().open();
    } catch (DirectoryUnusable | StorageException | S3Exception e) {
      return world().open();
    }
  }

  /** With chance of its own, since the clock may not have moved. */
  private DiskWorld world() {
    starts++;
    return new DiskWorld(root, disk, rows, clock, workload.seed() + starts * 1_000_003L);
  }

  /**
   * Starts again where that is needed, and lets a minute pass: a bucket whose deletion was cut
   * short takes writes again after half of one.
   */
  private void goOn() {
    if (needsRestart()) {
      site.close();
      site = open();
    }
    var minute = new Step(BEHIND_ALL_STEPS, new Op.Tick(MINUTE_MILLIS));
    reference.run(minute);
    new Client(site, clock, names).run(minute);
  }

  /** Finds out whether the step that failed was done. */
  private Optional<String> decide(Step step, String answered) {
    var client = new Client(site, clock, names);
    var with = Expectation.of(reference).differs(client);
    if (with.isEmpty()) {
      return Optional.empty();
    }
    reference = replayWithoutLast();
    var without = Expectation.of(reference).differs(client);
    return without.map(
        difference ->
            "  answered %s, and the store is neither as before: %s%n  nor as after: %s"
                .formatted(answered, difference, with.get()));
  }

  /** Rows that were not written, and directories that were not synced, are not tried again. */
  private boolean needsRestart() {
    boolean isFile = what.matches(".*/[0-9a-f]{32}");
    return what.startsWith("write of rows") || (what.startsWith("sync ") && !isFile);
  }

  /** A reference that was asked all but the last step. */
  private Reference replayWithoutLast() {
    done.removeLast();
    var again = new Reference();
    done.forEach(again::run);
    again.run(new Step(BEHIND_ALL_STEPS, new Op.Tick(MINUTE_MILLIS)));
    return again;
  }

  /** A restart and the work behind the requests leave what there has to be, also after a crash. */
  private Optional<String> end() {
    try {
      CrashRun.settle(site);
    } catch (StorageException e) {
      // It is done at the next start.
    }
    site.close();
    site = open();
    over = true;
    CrashRun.settle(site);
    var client = new Client(site, clock, names);
    var fault = Expectation.of(reference).differs(client);
    if (fault.isPresent()) {
      return fault;
    }
    site.close();
    var after = disk.crashed(disk.operations(), Crash.NOTHING);
    var left = new DiskWorld(root, after, RowsWatcher.NONE, clock, workload.seed() - 1);
    site = left.open();
    return new Recovery(left, after, names, List.of(Expectation.of(reference)), () -> 0)
        .fault(site);
  }
}
