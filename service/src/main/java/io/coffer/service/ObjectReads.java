package io.coffer.service;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.RowKey;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Opens objects for reading. While an object of parts is being read its upload is leased, so that
 * the collector leaves the parts alone when the object is deleted meanwhile. Thread-safe.
 */
public final class ObjectReads {
  private final Storage storage;
  private final ConcurrentHashMap<BlobId, Integer> leases = new ConcurrentHashMap<>();

  ObjectReads(Storage storage) {
    this.storage = storage;
  }

  /** Whether somebody reads an object made of this upload's parts. */
  boolean isLeased(BlobId upload) {
    return leases.containsKey(upload);
  }

  /**
   * Opens a version.
   *
   * @return the bytes, to be closed
   * @throws io.coffer.model.S3Exception NoSuchKey: it was deleted since it was looked up
   */
  public Body open(Bucket bucket, ObjectVersion.Data object, ByteRange range) {
    if (range.length() == 0) {
      return Body.empty();
    }
    return switch (object.content()) {
      case Content.Empty ignored -> Body.empty();
      case Content.Single single -> openSingle(single.blob(), range);
      case Content.Parts parts -> openParts(bucket, parts, range);
    };
  }

  private Body openSingle(BlobId blob, ByteRange range) {
    Supplier<BlobReader> reader = () -> storage.read(blob, range.offset(), range.length());
    return opened(range, List.of(reader).iterator(), () -> {});
  }

  private Body openParts(Bucket bucket, Content.Parts parts, ByteRange range) {
    var upload = parts.upload();
    leases.merge(upload, 1, Integer::sum);
    Runnable release = () -> leases.computeIfPresent(upload, (u, n) -> n == 1 ? null : n - 1);
    return opened(range, readers(bucket, parts, range), release);
  }

  private static Body opened(
      ByteRange range, Iterator<Supplier<BlobReader>> readers, Runnable release) {
    try {
      return new ObjectBody(range.length(), readers, release);
    } catch (StorageException.NoSuchBlob gone) {
      release.run();
      throw S3Error.NO_SUCH_KEY.exception();
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
    var part = row.map(Part::decode).orElseThrow(S3Error.NO_SUCH_KEY::exception);
    if (part.content() instanceof Content.Single single) {
      return storage.read(single.blob(), offset, length);
    }
    throw new IllegalStateException("a part of no bytes was asked for some");
  }
}
