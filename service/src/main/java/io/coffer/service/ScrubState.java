package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far the check in the background has come: over all objects first, then over the storage's own
 * files. Immutable.
 *
 * @param pass 1 for the first one
 * @param stage where in the pass
 * @param position of the walk over objects
 * @param cursor of the inspection of files; null for its beginning
 * @param lastEnd when a pass ended last; null when none did
 */
record ScrubState(
    long pass,
    Stage stage,
    WalkPosition position,
    @Nullable Cursor cursor,
    @Nullable Instant lastEnd) {
  static final ScrubState NEVER = new ScrubState(0, Stage.DONE, WalkPosition.START, null, null);

  private static final int FORMAT = 1;

  /** Where in a pass. The order is part of the row's format. */
  enum Stage {
    OBJECTS,
    FILES,
    DONE
  }

  static ScrubState decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    long pass = in.number();
    var stage = Stage.values()[(int) in.number()];
    var position = new WalkPosition(in.text(), Bytes.wrap(in.bytes()), (int) in.number());
    var cursor = in.bytesOrNull();
    long end = in.number();
    return new ScrubState(
        pass,
        stage,
        position,
        cursor == null ? null : new Cursor(Bytes.wrap(cursor)),
        end == 0 ? null : Instant.ofEpochMilli(end));
  }

  Bytes encode() {
    return new RowWriter(FORMAT)
        .number(pass)
        .number(stage.ordinal())
        .text(position.bucket())
        .bytes(position.path().unsafeArray())
        .number(position.part())
        .bytesOrNull(cursor == null ? null : cursor.position().unsafeArray())
        .number(lastEnd == null ? 0 : lastEnd.toEpochMilli())
        .finish();
  }

  ScrubState nextPass() {
    return new ScrubState(pass + 1, Stage.OBJECTS, WalkPosition.START, null, lastEnd);
  }

  /**
   * @param next null at the end of the walk
   */
  ScrubState walked(@Nullable WalkPosition next) {
    return next == null
        ? new ScrubState(pass, Stage.FILES, WalkPosition.START, null, lastEnd)
        : new ScrubState(pass, stage, next, null, lastEnd);
  }

  /**
   * @param next null at the end of the inspection
   */
  ScrubState inspected(@Nullable Cursor next, Instant now) {
    return next == null
        ? new ScrubState(pass, Stage.DONE, WalkPosition.START, null, now)
        : new ScrubState(pass, stage, position, next, lastEnd);
  }
}
