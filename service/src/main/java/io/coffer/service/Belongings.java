package io.coffer.service;

import io.coffer.storage.BlobId;
import io.coffer.storage.Order;
import io.coffer.storage.Row;
import io.coffer.storage.RowRange;
import io.coffer.storage.Storage;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What belongs to what: which blobs rows refer to, and which uploads have parts and which own some.
 * Rows that cannot be decoded are passed over. One thread; nobody writes meanwhile.
 */
final class Belongings {
  private final Storage storage;

  Belongings(Storage storage) {
    this.storage = storage;
  }

  /** Blobs that a row refers to. */
  void referenced(Consumer<BlobId> to) {
    groups(
        group -> {
          contents(group, content -> blobs(content, to));
          rows(group, 'p')
              .flatMap(row -> decoded(() -> Part.decode(row)))
              .forEach(part -> blobs(part.content(), to));
        });
  }

  /** Blobs that the storage keeps. */
  void kept(Consumer<BlobId> to) {
    try (var blobs = storage.blobs(null)) {
      blobs.forEach(to);
    }
  }

  /** Uploads of a bucket that have a part. */
  void uploadsWithParts(long group, Consumer<BlobId> to) {
    var last = new BlobId[1];
    rows(group, 'p')
        .map(row -> Paths.uploadOfPart(row.key().path()))
        .filter(upload -> !upload.equals(last[0]))
        .forEach(
            upload -> {
              last[0] = upload;
              to.accept(upload);
            });
  }

  /** Uploads of a bucket that have a part, by what it belongs to. */
  void ownedUploads(long group, Consumer<BlobId> to) {
    contents(
        group,
        content -> {
          if (content instanceof Content.Parts parts && hasParts(group, parts.upload())) {
            to.accept(parts.upload());
          }
        });
    rows(group, 'u')
        .map(row -> Paths.uploadOf(row.key().path()))
        .filter(upload -> hasParts(group, upload))
        .forEach(to);
    rows(group, 't')
        .filter(Belongings::isWholeUpload)
        .map(row -> Paths.uploadOf(row.key().path()))
        .filter(upload -> hasParts(group, upload))
        .forEach(to);
  }

  /** Else the trash is some parts of an object, counted with it. */
  private static boolean isWholeUpload(Row trash) {
    return decoded(() -> Trash.decode(trash)).allMatch(found -> found.numbers().isEmpty());
  }

  private boolean hasParts(long group, BlobId upload) {
    var range = RowRange.startingWith(group, Paths.partsOf(upload));
    return !storage.scan(range, Order.ASCENDING, 1).rows().isEmpty();
  }

  /** The groups of all buckets, deleted ones that are still being removed included. */
  private void groups(LongConsumer to) {
    rows(Paths.REGISTRY, 'n').flatMap(Belongings::groupOf).forEach(to::accept);
    rows(Paths.REGISTRY, 'r').forEach(row -> to.accept(Paths.remainsOf(row.key().path())));
  }

  /** The group of a bucket, from its row in the registry; nothing when that cannot be decoded. */
  static Stream<Long> groupOf(Row registered) {
    return decoded(() -> new RowReader(registered.value(), 1).number());
  }

  private Stream<Row> rows(long group, char family) {
    return Scans.rows(storage, RowRange.startingWith(group, Paths.family(family, new byte[0])));
  }

  private void contents(long group, Consumer<Content> to) {
    for (char family : new char[] {'c', 'o'}) {
      rows(group, family)
          .flatMap(row -> decoded(() -> ObjectVersion.decode(row)))
          .filter(version -> !version.isDeleteMarker())
          .forEach(version -> to.accept(version.data().content()));
    }
  }

  private static void blobs(Content content, Consumer<BlobId> to) {
    if (content instanceof Content.Single single) {
      to.accept(single.blob());
    }
  }

  private static <T> Stream<T> decoded(Supplier<T> decode) {
    try {
      return Stream.of(decode.get());
    } catch (RuntimeException e) {
      return Stream.empty(); // the walk tells of it
    }
  }
}
