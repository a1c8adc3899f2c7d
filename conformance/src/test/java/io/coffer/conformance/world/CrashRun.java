package io.coffer.conformance.world;

import io.coffer.conformance.world.Recorder.Event;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A workload run once over a simulated disk, and the record of it: enough to make every state that
 * a crash could have left.
 *
 * @param disk as it was at the end; it knows what it was before
 * @param names of the ids that the store chose
 * @param expected what the reference says after so many steps
 */
record CrashRun(
    Workload workload,
    SimulatedDisk disk,
    Names names,
    List<Event> events,
    List<Expectation> expected) {
  private static final int SETTLES_EVERY = 6;

  /** What lies between the store and the disk; a sound one is the disk itself. */
  interface Between {
    Disk over(SimulatedDisk disk);

    /** Rows were just written. */
    default void afterRows() {}
  }

  /**
   * Runs a workload.
   *
   * @param place a directory for the data and for copies of RocksDB's files
   */
  static CrashRun of(Workload workload, Path place, Between between) throws IOException {
    var root = Files.createDirectories(place.resolve("data"));
    var disk = new SimulatedDisk(root);
    var vault = new RowsVault(place.resolve("vault"));
    var recorder = new Recorder(disk, vault, root.resolve("rows"), between::afterRows);
    var names = new Names();
    var clock = new SettableClock();
    var reference = new Reference();
    var expected = new ArrayList<Expectation>();
    expected.add(Expectation.of(reference));
    var world = new DiskWorld(root, between.over(disk), recorder, clock, workload.seed());
    try (var site = world.open()) {
      recorder.note("opened");
      var client = new Client(site, clock, names);
      for (var step : workload.steps()) {
        recorder.begin(step.toString());
        check(step, reference.run(step), client.run(step));
        recorder.acknowledge(step.toString());
        expected.add(Expectation.of(reference));
        if (expected.size() % SETTLES_EVERY == 0) {
          settle(site);
        }
      }
    }
    recorder.note("closed");
    Scratch.remove(root);
    return new CrashRun(workload, disk, names, recorder.events(), expected);
  }

  static void check(Step step, String expected, String answered) {
    if (!answered.equals(expected)) {
      throw new AssertionError(step + "\n  expected " + expected + "\n  answered " + answered);
    }
  }

  /** Does the work behind the requests to its end. */
  static void settle(StorageSite site) {
    var storage = (FilesStorage) site.storage();
    storage.settle();
    site.service().settle();
    storage.settle();
  }

  /** What the store may hold at a moment: as after all that was answered, or one step more. */
  List<Expectation> allowed(Event event) {
    var sure = expected.get(event.acknowledged());
    return event.flying() ? List.of(sure, expected.get(event.acknowledged() + 1)) : List.of(sure);
  }
}
