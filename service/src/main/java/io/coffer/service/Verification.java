package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Checks a storage that nobody else uses: the files of rows, every version and upload with its
 * bytes, and that nothing is kept that belongs to nothing. Changes nothing. One thread.
 */
public final class Verification {
  private static final int IDS_AT_ONCE = 200_000;
  private static final String NO_ADVICE = "nothing is lost, it only takes room";
  private static final String RESTORE = "restore the data directory from a snapshot or backup";

  /** What it is at. */
  public enum Phase {
    ROWS,
    OBJECTS,
    BELONGINGS
  }

  private final Storage storage;
  private final RowFindings findings;
  private final Consumer<Finding> to;
  private final Pace pace;
  private final Tally tally = new Tally();
  private final Belongings belongings;
  private volatile Phase phase = Phase.ROWS;

  /**
   * @param bytesPerSecond how much may be read; 0 for as much as can be
   * @param to gets what is found, as it is found
   */
  public Verification(Storage storage, long bytesPerSecond, Consumer<Finding> to) {
    this.storage = storage;
    this.to = to;
    pace = Pace.steady(bytesPerSecond);
    findings = new RowFindings(storage, tally, to);
    belongings = new Belongings(storage);
  }

  /** What was seen so far. */
  public Tally tally() {
    return tally;
  }

  public Phase phase() {
    return phase;
  }

  /** Checks all there is. */
  public void all() {
    inspect();
    phase = Phase.OBJECTS;
    var walk = new Walk(storage, tally, Long.MAX_VALUE, pace, Patience.NONE, to);
    for (var at = Optional.of(WalkPosition.START); at.isPresent(); ) {
      at = Optional.ofNullable(walk.step(at.get()));
    }
    phase = Phase.BELONGINGS;
    checkRegistry();
    checkBelongings();
  }

  /**
   * Checks the versions and uploads of one bucket.
   *
   * @return false when there is no such bucket
   */
  public boolean bucket(String name) {
    if (storage.get(new RowKey(Paths.REGISTRY, Paths.bucketName(name))).isEmpty()) {
      return false;
    }
    phase = Phase.OBJECTS;
    var walk = new Walk(storage, tally, Long.MAX_VALUE, pace, Patience.NONE, to);
    var at = Optional.of(WalkPosition.startOf(name));
    while (at.isPresent() && at.get().bucket().equals(name)) {
      at = Optional.ofNullable(walk.step(at.get()));
    }
    return true;
  }

  private void inspect() {
    var step = storage.inspect(null);
    while (true) {
      tally.bytes(step.bytes());
      pace.accept(step.bytes());
      for (var found : step.findings()) {
        var advice = found.kind() == Kind.DAMAGE ? RESTORE : NO_ADVICE;
        findings.report(found.kind(), Target.NONE, null, found.text(), advice);
      }
      if (step.next() == null) {
        return;
      }
      step = storage.inspect(step.next());
    }
  }

  /** What the walk does not come by: owners' lists, accounts, keys. */
  private void checkRegistry() {
    reading(
        "the registry of buckets",
        () ->
            Scans.rows(
                    storage, RowRange.startingWith(Paths.REGISTRY, Paths.family('w', new byte[0])))
                .forEach(
                    row -> {
                      var name = Paths.ownedName(row.key().path());
                      var entry = storage.get(new RowKey(Paths.REGISTRY, Paths.bucketName(name)));
                      if (!entry.map(e -> e.value().equals(row.value())).orElse(false)) {
                        findings.wrong(
                            row, Target.ofBucket(name), "its owner has a bucket that is not there");
                      }
                    }));
    reading(
        "the accounts",
        () -> AccountCheck.check(storage, (row, what) -> findings.wrong(row, Target.NONE, what)));
  }

  private void checkBelongings() {
    reading(
        "the rows, to compare them with the blobs,",
        () ->
            new IdMatch(belongings::referenced, belongings::kept, IDS_AT_ONCE)
                .compare(
                    (blob, rows, blobs) -> {
                      if (rows == 0) {
                        damage(Target.NONE, "no row refers to blob " + blob + ": one was lost");
                      } else if (rows > 1) {
                        damage(Target.NONE, rows + " rows refer to blob " + blob);
                      }
                    }));
    reading(
        "the rows of uploads",
        () ->
            Scans.rows(storage, RowRange.startingWith(Paths.REGISTRY, Paths.bucketName("")))
                .forEach(
                    row -> {
                      var target = Target.ofBucket(Paths.registeredName(row.key().path()));
                      Belongings.groupOf(row).forEach(group -> checkUploads(target, group));
                    }));
  }

  private void checkUploads(Target bucket, long group) {
    new IdMatch(
            to -> belongings.ownedUploads(group, to),
            to -> belongings.uploadsWithParts(group, to),
            IDS_AT_ONCE)
        .compare(
            (upload, owners, uploads) -> {
              if (owners == 0) {
                stray(bucket, "parts of upload " + upload + " belong to no object");
              } else if (owners > 1) {
                damage(bucket, owners + " objects have the parts of upload " + upload);
              }
            });
  }

  private void stray(Target target, String what) {
    findings.report(Kind.STRAY, target, null, what, NO_ADVICE);
  }

  private void damage(Target target, String what) {
    findings.report(Kind.DAMAGE, target, null, what, RESTORE);
  }

  private void reading(String what, Runnable check) {
    try {
      check.run();
    } catch (StorageException.Failure | StorageException.Damaged e) {
      damage(Target.NONE, what + " cannot be read: " + e.getMessage());
    }
  }
}
