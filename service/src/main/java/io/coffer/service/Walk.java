package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.storage.Bytes;
import io.coffer.storage.Order;
import io.coffer.storage.Page;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Walks over all buckets, versions and uploads, and checks each with its bytes. A walk is a row of
 * steps; between two of them nothing is held but the position, so that others may write meanwhile,
 * and another process may go on. One thread.
 */
final class Walk {
  /** What looking at a row counts for beside its own bytes: a block of a table is read for it. */
  private static final int ROW_BYTES = 4 << 10;

  private final Storage storage;
  private final RowFindings findings;
  private final RowCheck rows;
  private final Tally tally;
  private final LongConsumer pace;
  private final Patience patience;
  private final long stepBytes;
  private long pauseAt;

  /**
   * @param stepBytes after so many bytes a step ends at the next occasion
   * @param pace told of all bytes that were read; what it throws ends a step and is thrown
   * @param patience with a storage that fails
   * @param to gets what is found
   */
  Walk(
      Storage storage,
      Tally tally,
      long stepBytes,
      LongConsumer pace,
      Patience patience,
      Consumer<Finding> to) {
    this.storage = storage;
    this.tally = tally;
    this.pace = pace;
    this.patience = patience;
    this.stepBytes = stepBytes;
    findings = new RowFindings(storage, tally, to);
    var blobs = new BlobCheck(storage, tally, pace);
    var contents = new ContentCheck(storage, blobs, findings, this::isTimeToPause);
    rows = new RowCheck(storage, contents, findings, patience, tally);
  }

  private boolean isTimeToPause() {
    return tally.bytes() >= pauseAt;
  }

  /**
   * Checks some rows.
   *
   * @return where to go on; null at the end
   * @throws StorageException.Failure the step is to be tried again later
   */
  @Nullable WalkPosition step(WalkPosition from) {
    pauseAt = tally.bytes() + Math.min(stepBytes, Long.MAX_VALUE - tally.bytes());
    var names = RowRange.startingWith(Paths.REGISTRY, Paths.bucketName(""));
    var rest = new RowRange(Paths.REGISTRY, Paths.bucketName(from.bucket()), names.to());
    var entry = firstOf(rest);
    if (entry.isEmpty()) {
      return null;
    }
    var name = Paths.registeredName(entry.get().key().path());
    long group;
    try {
      group = new RowReader(entry.get().value(), 1).number();
    } catch (RuntimeException e) {
      findings.wrong(entry.get(), Target.ofBucket(name), "the bucket's name leads nowhere");
      return WalkPosition.startOf(name).nextBucket();
    }
    var at = name.equals(from.bucket()) ? from : WalkPosition.startOf(name);
    if (at.path().length() == 0) {
      checkEntry(entry.get(), name, group);
    }
    return step(at, group);
  }

  /** The first name in a range that can be read. */
  private Optional<Row> firstOf(RowRange names) {
    try {
      return storage.scan(names, Order.ASCENDING, 1).rows().stream().findFirst();
    } catch (StorageException.Failure | StorageException.Damaged e) {
      patience.bear(e);
      findings.unreadable(Target.NONE, "some names of buckets cannot be read: " + e.getMessage());
      return firstBehindGap(names);
    }
  }

  private Optional<Row> firstBehindGap(RowRange names) {
    var end = Gap.inRegistry(storage).endAfter(names.from());
    if (end == null) {
      return Optional.empty();
    }
    var rest = new RowRange(Paths.REGISTRY, end, names.to());
    return storage.scan(rest, Order.ASCENDING, 1).rows().stream().findFirst();
  }

  /** The registry, and what it names. */
  private void checkEntry(Row entry, String name, long group) {
    var target = Target.ofBucket(name);
    try {
      var bucket = storage.get(new RowKey(group, Paths.BUCKET)).map(Bucket::decode);
      if (bucket.isEmpty()) {
        findings.wrong(entry, target, "the bucket's row is missing");
        return;
      }
      var owned = new RowKey(Paths.REGISTRY, Paths.owned(bucket.get().owner(), name));
      if (!storage.get(owned).map(Row::value).equals(Optional.of(entry.value()))) {
        findings.wrong(entry, target, "the bucket is not among those of its owner");
      }
    } catch (RuntimeException e) {
      findings.wrong(entry, target, "the bucket's row cannot be read: " + e.getMessage());
    }
  }

  private @Nullable WalkPosition step(WalkPosition at, long group) {
    var page = page(at, group);
    if (page == null) {
      return over(at, group);
    }
    for (var row : page.rows()) {
      var path = row.key().path();
      int after = path.equals(at.path()) ? at.part() : 0;
      pace.accept(ROW_BYTES + row.value().length());
      int done = rows.check(at.bucket(), row, after);
      if (done != ContentCheck.DONE) {
        return at.at(path, done);
      }
      if (isTimeToPause()) {
        return at.at(path.next(), 0);
      }
    }
    return page.more() ? at.at(page.rows().getLast().key().path().next(), 0) : at.nextBucket();
  }

  /** The next rows; null when they cannot be read, not even one by one. */
  private @Nullable Page page(WalkPosition at, long group) {
    var range = new RowRange(group, at.path(), null);
    for (int limit : List.of(Scans.FEW, 1)) {
      try {
        return storage.scan(range, Order.ASCENDING, limit);
      } catch (StorageException.Failure | StorageException.Damaged e) {
        patience.bear(e);
      }
    }
    return null;
  }

  /** Behind rows that cannot be read. */
  private @Nullable WalkPosition over(WalkPosition at, long group) {
    var end = Gap.inBucket(storage, group).endAfter(at.path());
    findings.unreadable(
        Target.ofBucket(at.bucket()),
        "rows cannot be read, from %s to %s".formatted(where(at.path()), where(end)));
    return end == null ? at.nextBucket() : at.at(end, 0);
  }

  /** A place among the rows; it need not be that of one. */
  private static String where(@Nullable Bytes path) {
    if (path == null) {
      return "the end of the bucket";
    }
    if (path.length() == 0) {
      return "the beginning of the bucket";
    }
    var key =
        switch (path.at(0)) {
          case 'c', 'm', 'n' -> Paths.rawKey(path);
          case 'o', 'u' -> Paths.endedKey(path);
          default -> null;
        };
    return key == null
        ? "hexadecimal " + path
        : Finding.quoted(new String(key, StandardCharsets.UTF_8)) + " of " + (char) path.at(0);
  }
}
