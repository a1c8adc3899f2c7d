package io.coffer.service;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.service.Finding.Target;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens objects for reading. While an object of parts is being read its upload is leased.
 * Thread-safe.
 */
public final class ObjectReads {
  private static final int TRIES = 20;

  private final Storage storage;
  private final Versions versions;
  private final Leases leases;
  private final DamagedReads damaged;

  ObjectReads(Storage storage, Versions versions, Leases leases, DamagedReads damaged) {
    this.storage = storage;
    this.versions = versions;
    this.leases = leases;
    this.damaged = damaged;
  }

  DamagedReads damaged() {
    return damaged;
  }

  /**
   * A version and its bytes.
   *
   * @param body to be closed
   */
  public record Opened(ObjectVersion version, Body body) {}

  /**
   * Finds a version and opens it. When it is replaced between the two, its successor is opened. The
   * body throws InternalError where the object is damaged.
   *
   * @param choose checks the version and says which bytes are wanted; may be asked again
   * @throws io.coffer.model.S3Exception as {@link Versions#find}, what {@code choose} throws, and
   *     InternalError when the object is damaged
   */
  public Opened open(
      Bucket bucket,
      ObjectKey key,
      @Nullable String versionId,
      Function<ObjectVersion, ByteRange> choose) {
    for (int tries = 1; ; tries++) {
      var version = versions.find(bucket, key, versionId);
      var range = choose.apply(version);
      var target = Target.ofVersion(bucket.name(), key.text(), version.id());
      ObjectBody.OnDamage onDamage = (given, e) -> damaged.met(target, range.after(given), e);
      try {
        return new Opened(version, open(bucket, version.data(), range, onDamage));
      } catch (StorageException.NoSuchBlob gone) {
        if (tries == TRIES) {
          throw onDamage.met(0, gone);
        }
      }
    }
  }

  /**
   * The checksum that an answer with some of an object carries: the object's for all of it, a
   * part's for that part, none for other ranges.
   *
   * @param partNumber as asked for, or null
   * @param isWhole whether all bytes were asked for
   */
  public @Nullable StoredChecksum checksum(
      Bucket bucket, ObjectVersion.Data object, @Nullable Integer partNumber, boolean isWhole) {
    if (partNumber != null && object.content() instanceof Content.Parts parts) {
      return storage
          .get(new RowKey(bucket.id(), Paths.part(parts.upload(), partNumber)))
          .map(row -> Part.decode(row).checksum())
          .orElse(null);
    }
    return isWhole ? object.checksum() : null;
  }

  /**
   * Opens what is to be copied; AWS answers 400 where the version is a delete marker.
   *
   * @throws io.coffer.model.S3Exception as {@link #open}, InvalidRequest for a delete marker
   */
  public Opened openSource(
      Bucket bucket, CopySource source, Function<ObjectVersion, ByteRange> choose) {
    try {
      return open(bucket, source.key(), source.versionId(), choose);
    } catch (S3Exception e) {
      throw e.error() == S3Error.METHOD_NOT_ALLOWED
          ? S3Error.INVALID_REQUEST.exception(
              "The source of a copy request may not specifically refer to a delete marker by"
                  + " version id.")
          : e;
    }
  }

  private Body open(
      Bucket bucket, ObjectVersion.Data object, ByteRange range, ObjectBody.OnDamage onDamage) {
    if (range.length() == 0) {
      return Body.empty();
    }
    return switch (object.content()) {
      case Content.Empty ignored -> Body.empty();
      case Content.Single single -> openSingle(single.blob(), range, onDamage);
      case Content.Parts parts -> openParts(bucket, parts, range, onDamage);
    };
  }

  private Body openSingle(BlobId blob, ByteRange range, ObjectBody.OnDamage onDamage) {
    Supplier<BlobReader> reader = () -> storage.read(blob, range.offset(), range.length());
    return opened(range, List.of(reader).iterator(), onDamage, () -> {});
  }

  private Body openParts(
      Bucket bucket, Content.Parts parts, ByteRange range, ObjectBody.OnDamage onDamage) {
    var upload = parts.upload();
    var lease = leases.take(upload);
    return opened(range, readers(bucket, parts, range), onDamage, lease);
  }

  private static Body opened(
      ByteRange range,
      Iterator<Supplier<BlobReader>> readers,
      ObjectBody.OnDamage onDamage,
      Runnable release) {
    try {
      return new ObjectBody(range.length(), readers, onDamage, release);
    } catch (RuntimeException e) {
      release.run();
      throw e;
    }
  }

  /** One reader for each part that the range touches. */
  private Iterator<Supplier<BlobReader>> readers(
      Bucket bucket, Content.Parts parts, ByteRange range) {
    var readers = new ArrayList<Supplier<BlobReader>>();
    long start = 0;
    long end = range.offset() + range.length();
    for (var run : parts.runs()) {
      for (int i = 0; i < run.count() && start < end; i++) {
        long from = Math.max(range.offset(), start);
        long to = Math.min(end, start + run.size());
        if (from < to) {
          int number = run.first() + i;
          long offset = from - start;
          long length = to - from;
          readers.add(() -> openPart(bucket, parts.upload(), number, offset, length));
        }
        start += run.size();
      }
    }
    return readers.iterator();
  }

  private BlobReader openPart(Bucket bucket, BlobId upload, int number, long offset, long length) {
    var row = storage.get(new RowKey(bucket.id(), Paths.part(upload, number)));
    var part = row.map(Part::decode).orElseThrow(() -> new StorageException.NoSuchBlob(upload));
    if (part.content() instanceof Content.Single single) {
      return storage.read(single.blob(), offset, length);
    }
    throw new IllegalStateException("a part of no bytes was asked for some");
  }
}
