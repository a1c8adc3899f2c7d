package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The listings of a bucket. Thread-safe. */
public final class Listings {
  private static final int FEW = 16;

  private final Storage storage;

  Listings(Storage storage) {
    this.storage = storage;
  }

  /** Current objects after a key or common prefix. */
  public Listing objects(Bucket bucket, Listing.Query query, @Nullable String after) {
    return Listing.of(family(bucket, 'c', false, query), query, after, null);
  }

  /**
   * All versions and delete markers, the newest of a key first.
   *
   * @param keyMarker the page begins after the versions of this key
   * @param versionIdMarker or after this one of them
   */
  public Listing versions(
      Bucket bucket,
      Listing.Query query,
      @Nullable String keyMarker,
      @Nullable String versionIdMarker) {
    var cursor =
        new KeyCursor.Merged(
            List.of(
                family(bucket, 'c', false, query),
                family(bucket, 'm', false, query),
                family(bucket, 'o', true, query)));
    Predicate<Row> skip = null;
    if (keyMarker != null && versionIdMarker != null) {
      long marker = sequenceOf(bucket, keyMarker, versionIdMarker);
      skip = row -> ObjectVersion.decode(row).id().sequence() >= marker;
    }
    return Listing.of(cursor, query, keyMarker, skip);
  }

  private long sequenceOf(Bucket bucket, String key, String versionId) {
    return switch (VersionId.parse(versionId)) {
      case VersionId.Wanted.Numbered numbered -> numbered.sequence();
      case VersionId.Wanted.Null ignored -> sequenceOfNull(bucket, key);
    };
  }

  /** A null version that is gone hides nothing: the page begins with what is left of the key. */
  private long sequenceOfNull(Bucket bucket, String key) {
    if (Paths.utf8(key).length > ObjectKey.MAX_BYTES) {
      return Long.MAX_VALUE;
    }
    return get(bucket, Paths.current(key))
        .or(() -> get(bucket, Paths.marked(key)))
        .map(row -> ObjectVersion.decode(row).id())
        .filter(VersionId::isNull)
        .map(VersionId::sequence)
        .or(
            () ->
                get(bucket, Paths.nullVersion(key))
                    .map(row -> new RowReader(row.value(), 1).number()))
        .orElse(Long.MAX_VALUE);
  }

  private Optional<Row> get(Bucket bucket, Bytes path) {
    return storage.get(new RowKey(bucket.id(), path));
  }

  /**
   * Uploads in progress, those of a key in the order in which they began.
   *
   * @param keyMarker the page begins after the uploads of this key
   * @param uploadIdMarker or after this one of them
   */
  public Listing uploads(
      Bucket bucket,
      Listing.Query query,
      @Nullable String keyMarker,
      @Nullable String uploadIdMarker) {
    Predicate<Row> skip = null;
    if (keyMarker != null && uploadIdMarker != null) {
      var marker = Uploads.parse(uploadIdMarker);
      skip = row -> Paths.uploadOf(row.key().path()).compareTo(marker) <= 0;
    }
    return Listing.of(family(bucket, 'u', true, query), query, keyMarker, skip);
  }

  private KeyCursor family(Bucket bucket, char family, boolean ended, Listing.Query query) {
    // Markers are few, and where nothing is rolled up nothing is jumped over.
    int rows = family == 'm' ? FEW : query.max();
    var rollup = Rollup.of(query);
    return new KeyCursor.Family(
        storage,
        bucket.id(),
        family,
        ended,
        rollup.prefix(),
        rows,
        query.delimiter().isEmpty() ? null : rollup::jump);
  }
}
