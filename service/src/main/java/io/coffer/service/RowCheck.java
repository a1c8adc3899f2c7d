package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Checks one row of a bucket with all that belongs to it: that it can be decoded, that the rows
 * agree, and that all bytes are there. One thread.
 */
final class RowCheck {
  private static final int LOOKS = 3;

  private final Storage storage;
  private final ContentCheck contents;
  private final RowFindings findings;
  private final Patience patience;
  private final Tally tally;

  RowCheck(
      Storage storage,
      ContentCheck contents,
      RowFindings findings,
      Patience patience,
      Tally tally) {
    this.storage = storage;
    this.contents = contents;
    this.findings = findings;
    this.patience = patience;
    this.tally = tally;
  }

  /**
   * Checks a row.
   *
   * @param after the part that was done last, 0 for none
   * @return the last part that is done, or {@link ContentCheck#DONE}
   * @throws StorageException.Failure it is to be tried again later
   */
  int check(String bucket, Row row, int after) {
    try {
      return checkOnce(bucket, row, after);
    } catch (StorageException.Failure | StorageException.Damaged e) {
      patience.bear(e);
      findings.wrong(row, target(bucket, row), "what belongs to it cannot be read: " + text(e));
    } catch (Pace.Ended e) {
      throw e;
    } catch (RuntimeException e) {
      findings.wrong(row, target(bucket, row), "its row cannot be decoded: " + text(e));
    }
    return ContentCheck.DONE;
  }

  private static String text(RuntimeException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private int checkOnce(String bucket, Row row, int after) {
    var path = row.key().path();
    return switch (path.at(0)) {
      case 'b' -> {
        if (!Bucket.decode(row).name().equals(bucket)) {
          findings.wrong(row, Target.ofBucket(bucket), "the bucket's row has another name");
        }
        yield ContentCheck.DONE;
      }
      case 'c' -> current(bucket, row, after);
      case 'm' -> marker(bucket, row);
      case 'o' -> older(bucket, row, after);
      case 'n' -> nullVersion(bucket, row);
      case 'u' -> upload(bucket, row, after);
      case 'p' -> decoded(Part.decode(row));
      case 't' -> decoded(Trash.decode(row));
      case 'g' -> decoded(new RowReader(row.value(), 1).format());
      default -> throw new IllegalStateException("no family of rows is called so");
    };
  }

  private static int decoded(Object row) {
    return row == null ? 0 : ContentCheck.DONE;
  }

  private int current(String bucket, Row row, int after) {
    var key = text(Paths.rawKey(row.key().path()));
    var version = ObjectVersion.decode(row);
    var target = Target.ofVersion(bucket, key, version.id());
    if (after == 0) {
      tally.object();
      if (get(row, Paths.marked(key)).isPresent()) {
        findings.wrong(row, target, "the key has a current object and a current delete marker");
      }
    }
    if (version.object() == null) {
      findings.wrong(row, target, "a delete marker is kept as an object");
      return ContentCheck.DONE;
    }
    return contents.object(row, target, version.object(), after);
  }

  private int marker(String bucket, Row row) {
    tally.object();
    var key = text(Paths.rawKey(row.key().path()));
    var version = ObjectVersion.decode(row);
    if (!version.isDeleteMarker()) {
      findings.wrong(
          row, Target.ofVersion(bucket, key, version.id()), "an object is kept as a delete marker");
    }
    return ContentCheck.DONE;
  }

  private int older(String bucket, Row row, int after) {
    var path = row.key().path();
    var key = text(Paths.endedKey(path));
    var version = ObjectVersion.decode(row);
    var target = Target.ofVersion(bucket, key, version.id());
    if (after == 0) {
      tally.object();
      checkPlace(row, key, version, target);
    }
    return version.object() == null
        ? ContentCheck.DONE
        : contents.object(row, target, version.object(), after);
  }

  /** Of the invariants of {@link VersionEdit}: above an older version there is a newer one. */
  private void checkPlace(Row row, String key, ObjectVersion version, Target target) {
    long sequence = version.id().sequence();
    if (Paths.sequenceOf(row.key().path()) != sequence) {
      findings.wrong(row, target, "the version is not where its sequence number says");
    }
    var top = top(row, key);
    if (top.isEmpty()) {
      findings.wrong(row, target, "the key has noncurrent versions and no current one");
    } else if (ObjectVersion.decode(top.get()).id().sequence() <= sequence) {
      findings.wrong(row, target, "a noncurrent version is newer than the current one");
    }
    if (version.id().isNull()) {
      var named = get(row, Paths.nullVersion(key)).map(found -> number(found));
      if (named.isEmpty() || named.get() != sequence) {
        findings.wrong(row, target, "the null version is not found by its id");
      }
    }
  }

  /** Between two looks the current version may change its family. */
  private Optional<Row> top(Row beside, String key) {
    var top = Optional.<Row>empty();
    for (int looks = 0; top.isEmpty() && looks < LOOKS; looks++) {
      top = get(beside, Paths.current(key)).or(() -> get(beside, Paths.marked(key)));
    }
    return top;
  }

  private int nullVersion(String bucket, Row row) {
    var key = text(Paths.rawKey(row.key().path()));
    var version = get(row, Paths.older(key, number(row))).map(ObjectVersion::decode);
    if (version.isEmpty() || !version.get().id().isNull()) {
      findings.wrong(
          row,
          new Target(bucket, key, VersionId.NULL, null, 0),
          "there is no version where the null version should be");
    }
    return ContentCheck.DONE;
  }

  private int upload(String bucket, Row row, int after) {
    if (after == 0) {
      tally.object();
    }
    var upload = Upload.decode(row);
    var target = Target.ofUpload(bucket, upload.key(), upload.id().toString());
    return contents.upload(target, row, upload.id(), after);
  }

  private Optional<Row> get(Row beside, Bytes path) {
    return storage.get(new RowKey(beside.key().group(), path));
  }

  private static long number(Row row) {
    return new RowReader(row.value(), 1).number();
  }

  private static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /** As much as the row's path tells. */
  private static Target target(String bucket, Row row) {
    try {
      return targetOf(row.key().path(), bucket);
    } catch (RuntimeException e) {
      return Target.ofBucket(bucket); // the path itself is not one of ours
    }
  }

  private static Target targetOf(Bytes path, String bucket) {
    return switch (path.at(0)) {
      case 'c', 'm', 'n' -> new Target(bucket, text(Paths.rawKey(path)), null, null, 0);
      case 'o' -> new Target(bucket, text(Paths.endedKey(path)), null, null, 0);
      case 'u' ->
          Target.ofUpload(bucket, text(Paths.endedKey(path)), Paths.uploadOf(path).toString());
      case 'p' ->
          new Target(
              bucket, null, null, Paths.uploadOfPart(path).toString(), Paths.partNumber(path));
      default -> Target.ofBucket(bucket);
    };
  }
}
