package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.Row;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what is wrong with rows and what belongs to them, but only of rows that are still as
 * they were read: while others write, what a row refers to may rightly be gone together with it.
 */
final class RowFindings {
  private static final String RESTORE =
      "restore the data directory from a snapshot or backup, or put the object again";

  private final Storage storage;
  private final Tally tally;
  private final Consumer<Finding> to;

  RowFindings(Storage storage, Tally tally, Consumer<Finding> to) {
    this.storage = storage;
    this.tally = tally;
    this.to = to;
  }

  /** Whether nobody wrote the row since it was read. Revisions are never used again. */
  boolean isStill(Row row) {
    try {
      return storage.get(row.key()).map(now -> now.revision().equals(row.revision())).orElse(false);
    } catch (StorageException.Failure | StorageException.Damaged e) {
      return true;
    }
  }

  /** Rows do not agree. */
  void wrong(Row row, Target target, String what) {
    if (isStill(row)) {
      report(Kind.DAMAGE, target, null, what, RESTORE);
    }
  }

  /** Bytes are lost. */
  void lost(Row row, Target target, ByteRange bytes, String what) {
    if (isStill(row)) {
      var advice =
          target.uploadId() == null
              ? "put the object again, or delete this version of it"
              : "upload the part again, or abort the upload";
      report(Kind.DAMAGE, target, bytes, what, advice);
    }
  }

  /** Something belongs to nothing. */
  void stray(Target target, String what) {
    report(Kind.STRAY, target, null, what, "nothing is lost, it only takes room");
  }

  /** Rows cannot be read at all. */
  void unreadable(Target target, String what) {
    report(Kind.DAMAGE, target, null, what, RESTORE);
  }

  void report(Kind kind, Target target, @Nullable ByteRange bytes, String what, String advice) {
    tally.found(kind);
    to.accept(new Finding(kind, target, bytes, what, advice));
  }
}
