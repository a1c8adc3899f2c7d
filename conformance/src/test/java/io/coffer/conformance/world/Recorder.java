package io.coffer.conformance.world;

import io.coffer.conformance.world.RowsVault.RowsState;
import io.coffer.storage.files.RowsWatcher;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Writes down what exists after every operation of the disk and around every write of rows, and
 * what was acknowledged by then. Its events come one at a time: there is one client, and it waits.
 */
final class Recorder implements SimulatedDisk.Watcher, RowsWatcher {
  private static final Set<String> READS = Set.of("open", "read", "list", "find");

  /** What happens. */
  enum Kind {
    /** The disk did something. */
    DISK,
    /** Rows are about to be written. */
    ROWS_BEFORE,
    /** Rows were written. */
    ROWS_AFTER,
    /** A step was begun, or answered, or the store opened or closed. */
    CLIENT
  }

  /**
   * One moment.
   *
   * @param disk the number of the disk's last operation
   * @param acknowledged steps that were answered
   * @param flying whether the next one was begun
   */
  record Event(
      int index,
      Kind kind,
      String what,
      long disk,
      RowsState rows,
      int acknowledged,
      boolean flying) {
    @Override
    public String toString() {
      return "event %d (%s %s, %d acknowledged%s)"
          .formatted(index, kind, what, acknowledged, flying ? ", one under way" : "");
    }
  }

  private final SimulatedDisk disk;
  private final RowsVault vault;
  private final Path rows;
  private final List<Event> events = new ArrayList<>();
  private final Runnable afterRows;
  private int acknowledged;
  private boolean flying;

  /**
   * @param rows RocksDB's directory
   * @param afterRows run when rows were written, before anybody is told
   */
  Recorder(SimulatedDisk disk, RowsVault vault, Path rows, Runnable afterRows) {
    this.disk = disk;
    this.vault = vault;
    this.rows = rows;
    this.afterRows = afterRows;
    disk.watch(this);
  }

  List<Event> events() {
    return events;
  }

  void begin(String what) {
    flying = true;
    add(Kind.CLIENT, "begins " + what);
  }

  void acknowledge(String what) {
    flying = false;
    acknowledged++;
    add(Kind.CLIENT, "answered " + what);
  }

  /** Something that is no step. */
  void note(String what) {
    add(Kind.CLIENT, what);
  }

  @Override
  public void before(long number, String what) {}

  @Override
  public void after(long number, String what) {
    if (!READS.contains(what.substring(0, what.indexOf(' ')))) {
      add(Kind.DISK, what);
    }
  }

  @Override
  public void before(Path directory, boolean synced) {
    add(Kind.ROWS_BEFORE, synced ? "synced" : "not synced");
  }

  @Override
  public void after(Path directory, boolean synced) {
    if (synced) {
      vault.synced(look());
    }
    add(Kind.ROWS_AFTER, synced ? "synced" : "not synced");
    afterRows.run();
  }

  private RowsState look() {
    try {
      return vault.look(rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(Kind kind, String what) {
    events.add(
        new Event(events.size(), kind, what, disk.operations(), look(), acknowledged, flying));
  }
}
