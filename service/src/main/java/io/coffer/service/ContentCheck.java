package io.coffer.service;

import io.coffer.service.Finding.Target;
import io.coffer.storage.BlobId;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.function.BooleanSupplier;

/** Checks the bytes of objects and of uploads in progress. One thread. */
final class ContentCheck {
  /** What is left to do of a row: the number of the last part that was done, or this. */
  static final int DONE = -1;

  private final Storage storage;
  private final BlobCheck blobs;
  private final RowFindings findings;
  private final BooleanSupplier pause;

  /**
   * @param pause whether enough was done for now; asked after each part
   */
  ContentCheck(Storage storage, BlobCheck blobs, RowFindings findings, BooleanSupplier pause) {
    this.storage = storage;
    this.blobs = blobs;
    this.findings = findings;
    this.pause = pause;
  }

  /**
   * Checks the bytes of an object.
   *
   * @param row of the version
   * @param after the part that was done last, 0 for none
   */
  int object(Row row, Target target, ObjectVersion.Data object, int after) {
    return switch (object.content()) {
      case Content.Empty empty -> {
        if (object.size() != 0) {
          findings.wrong(row, target, "the version has " + object.size() + " bytes and no content");
        }
        yield DONE;
      }
      case Content.Single single -> {
        for (var fault : blobs.check(single.blob(), object.size())) {
          findings.lost(row, target, fault.bytes(), fault.what());
        }
        yield DONE;
      }
      case Content.Parts parts -> parts(row, target, object, parts, after);
    };
  }

  private int parts(
      Row row, Target target, ObjectVersion.Data object, Content.Parts parts, int after) {
    long size = parts.runs().stream().mapToLong(run -> run.count() * run.size()).sum();
    if (after == 0 && size != object.size()) {
      findings.wrong(row, target, "the version has " + object.size() + " bytes, its parts " + size);
    }
    for (var run : parts.runs()) {
      int end = run.first() + run.count();
      for (int number = Math.max(run.first(), after + 1); number < end; number++) {
        long offset = PartOfObject.resolve(object, number).offset();
        part(row, target.ofPart(number), parts.upload(), new ByteRange(offset, run.size()), number);
        if (pause.getAsBoolean()) {
          return number;
        }
      }
    }
    superfluous(row, target, parts);
    return DONE;
  }

  private void part(Row version, Target target, BlobId upload, ByteRange place, int number) {
    var row = storage.get(new RowKey(version.key().group(), Paths.part(upload, number)));
    if (row.isEmpty()) {
      findings.lost(version, target, place, "the part's row is missing");
      return;
    }
    var part = Part.decode(row.get());
    if (part.size() != place.length()) {
      findings.lost(
          version,
          target,
          place,
          "the part has " + part.size() + " bytes where the version says " + place.length());
      return;
    }
    if (part.content() instanceof Content.Single single) {
      for (var fault : blobs.check(single.blob(), part.size())) {
        var within = fault.bytes();
        var bytes = new ByteRange(place.offset() + within.offset(), within.length());
        findings.lost(version, target, bytes, fault.what());
      }
    } else if (part.size() != 0) {
      findings.lost(version, target, place, "the part has no content");
    }
  }

  /** Parts that the object does not have are trash, and written down as such until removed. */
  private void superfluous(Row version, Target target, Content.Parts parts) {
    long group = version.key().group();
    var range = RowRange.startingWith(group, Paths.partsOf(parts.upload()));
    Scans.rows(storage, range)
        .filter(row -> !parts.has(Paths.partNumber(row.key().path())))
        .filter(row -> storage.get(new RowKey(group, Paths.trash(parts.upload()))).isEmpty())
        .filter(findings::isStill)
        .forEach(
            row ->
                findings.stray(
                    target.ofPart(Paths.partNumber(row.key().path())),
                    "a part of the upload that the object does not have"));
  }

  /**
   * Checks the parts of an upload in progress.
   *
   * @param after the part that was done last, 0 for none
   */
  int upload(Target target, Row row, BlobId upload, int after) {
    long group = row.key().group();
    var all = RowRange.startingWith(group, Paths.partsOf(upload));
    var rest = after == 0 ? all : all.after(new RowKey(group, Paths.part(upload, after)));
    for (var rows = new Scans.Rows(storage, rest, Scans.FEW); rows.hasNext(); ) {
      var found = rows.next();
      var part = Part.decode(found);
      if (part.content() instanceof Content.Single single) {
        for (var fault : blobs.check(single.blob(), part.size())) {
          findings.lost(found, target.ofPart(part.number()), fault.bytes(), fault.what());
        }
      } else if (part.size() != 0) {
        findings.wrong(found, target.ofPart(part.number()), "the part has no content");
      }
      if (pause.getAsBoolean()) {
        return part.number();
      }
    }
    return DONE;
  }
}
