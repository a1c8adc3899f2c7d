package io.coffer.service;

import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.function.Predicate;

/**
 * The damage that the check in the background has told of, in rows, so that it tells of each once.
 * What a pass did not find again is forgotten at its end. One thread; the count may be asked by
 * any.
 */
final class KnownDamage {
  /** Beyond so many, damage is told of without being remembered. */
  private static final int AT_MOST = 10_000;

  private static final int FORMAT = 1;

  private final Storage storage;
  private final Transactions transactions;
  private volatile long count;

  KnownDamage(Storage storage, Transactions transactions) {
    this.storage = storage;
    this.transactions = transactions;
  }

  /** How many there are. */
  long count() {
    return count;
  }

  /** Counts anew what earlier runs left. */
  void load() {
    count = Scans.rows(storage, all()).count();
  }

  /**
   * Remembers a damage.
   *
   * @return whether it was not known
   */
  boolean isNew(Finding finding, long pass) {
    var path = Paths.knownDamage(identity(finding));
    var known = storage.get(new RowKey(Paths.SCRUB, path));
    if (known.isEmpty() && count >= AT_MOST) {
      return true;
    }
    if (known.isEmpty() || pass(known.get()) != pass) {
      var value = new RowWriter(FORMAT).number(pass).text(finding.line()).finish();
      transactions.insist(transactions.batch(Paths.SCRUB).put(path, value));
    }
    if (known.isEmpty()) {
      count++;
    }
    return known.isEmpty();
  }

  /** Forgets what was found in earlier passes only. */
  void forgetBefore(long pass) {
    Predicate<Row> isOld = row -> pass(row) < pass;
    Scans.rows(storage, all())
        .filter(isOld)
        .forEach(
            row -> transactions.insist(transactions.batch(Paths.SCRUB).delete(row.key().path())));
    load();
  }

  private static RowRange all() {
    return RowRange.startingWith(Paths.SCRUB, Paths.knownDamage(""));
  }

  private static long pass(Row row) {
    return new RowReader(row.value(), FORMAT).number();
  }

  private static String identity(Finding finding) {
    var target = finding.target();
    var bytes = finding.bytes();
    return String.join(
        "\0",
        String.valueOf(target.bucket()),
        String.valueOf(target.key()),
        target.versionId() + "/" + target.uploadId() + "/" + target.part(),
        bytes == null ? finding.what() : Long.toString(bytes.offset()));
  }
}
