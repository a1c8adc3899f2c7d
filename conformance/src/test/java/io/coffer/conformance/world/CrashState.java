package io.coffer.conformance.world;

import io.coffer.conformance.world.Recorder.Event;
import io.coffer.conformance.world.RowsVault.RowsState;
import io.coffer.storage.files.disk.Crash;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a crash leaves.
 *
 * @param number of it: the same in every run of the same workload
 * @param event the moment
 * @param rows what is there of RocksDB's directory, surely and perhaps
 * @param ofDisk what becomes of the disk's unsynced changes
 * @param ofRows what becomes of the rows' unsynced bytes
 */
record CrashState(int number, Event event, RowsState rows, Crash ofDisk, Crash ofRows) {
  /** Of every moment: the extremes together and against each other, and three by chance. */
  private static final int CHOICES = 8;

  @Override
  public String toString() {
    return "state %d: a crash at %s; of the disk %s is there, of the rows %s"
        .formatted(number, event, ofDisk, ofRows);
  }

  SimulatedDisk disk(SimulatedDisk whole) {
    return whole.crashed(event.disk(), ofDisk);
  }

  private Object image(SimulatedDisk whole) throws IOException {
    return List.of(disk(whole).contents(), rows.image(ofRows));
  }

  /**
   * Crash states of a run, each image once: those of every event at the extremes, and some torn by
   * chance.
   *
   * @param seed decides what is torn, and how
   */
  static List<CrashState> of(SimulatedDisk disk, List<Event> events, RowsBetween between, long seed)
      throws IOException {
    var states = new ArrayList<CrashState>();
    var seen = new HashMap<Object, Set<String>>();
    for (var event : events) {
      var rows = between.rows(event);
      boolean diskTells = disk.isVolatile(event.disk());
      boolean rowsTell = rows.isVolatile();
      for (int choice = 0; choice < CHOICES; choice++) {
        var state = of(event, rows, choice, seed);
        boolean tells = choice == 0 || (choice == 1 ? rowsTell : diskTells || rowsTell);
        if (tells && isNew(state, disk, seen)) {
          states.add(state);
        }
      }
    }
    return states;
  }

  /** The state with a number, whether or not its image is that of another. */
  static CrashState numbered(int number, List<Event> events, RowsBetween between, long seed) {
    var event = events.get(number / CHOICES);
    return of(event, between.rows(event), number % CHOICES, seed);
  }

  /** Behind the last event, with nothing there that was not synced. */
  static CrashState last(List<Event> events) {
    var event = events.getLast();
    return new CrashState(
        event.index() * CHOICES, event, event.rows(), Crash.NOTHING, Crash.NOTHING);
  }

  /** What of the rows there may be at a moment. */
  interface RowsBetween {
    RowsState rows(Event event);
  }

  private static CrashState of(Event event, RowsState rows, int choice, long seed) {
    int number = event.index() * CHOICES + choice;
    long chance = seed * 1_000_003 + 2L * number;
    return switch (choice) {
      case 0 -> new CrashState(number, event, rows, Crash.NOTHING, Crash.EVERYTHING);
      case 1 -> new CrashState(number, event, rows, Crash.NOTHING, Crash.NOTHING);
      case 2 -> new CrashState(number, event, rows, Crash.EVERYTHING, Crash.EVERYTHING);
      case 3 -> new CrashState(number, event, rows, Crash.LENGTHS, Crash.EVERYTHING);
      case 4 -> new CrashState(number, event, rows, Crash.EVERYTHING, Crash.NOTHING);
      default -> new CrashState(number, event, rows, Crash.torn(chance), Crash.torn(chance + 1));
    };
  }

  /** An image that was held against the same, or against less, tells nothing new. */
  private static boolean isNew(CrashState state, SimulatedDisk disk, Map<Object, Set<String>> seen)
      throws IOException {
    var event = state.event();
    var held = seen.computeIfAbsent(state.fresh().image(disk), f -> new HashSet<>());
    int sure = event.acknowledged();
    if (held.contains(sure + "") || (event.flying() && held.contains((sure + 1) + ""))) {
      return false;
    }
    return held.add(event.flying() ? sure + "+" : sure + "");
  }

  /** The same with its chance not used up. */
  CrashState fresh() {
    return new CrashState(number, event, rows, fresh(ofDisk), fresh(ofRows));
  }

  private static Crash fresh(Crash crash) {
    return crash instanceof Crash.Torn torn ? torn.again() : crash;
  }
}
