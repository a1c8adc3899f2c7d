package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.checksums.Digest;
import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.storage.BlobHint;
import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bytes of objects, on their way in and out. Thread-safe; memory per call is constant. */
public final class Contents {
  /** AWS: the largest object that a single PUT may make, and the largest part. */
  static final long MAX_SINGLE_PUT = 5L << 30;

  private final Storage storage;
  private final BlobIds ids;
  private final Durabilities durabilities;

  Contents(Storage storage, BlobIds ids, Durabilities durabilities) {
    this.storage = storage;
    this.ids = ids;
    this.durabilities = durabilities;
  }

  /**
   * What has been received: sealed, but of no use until a batch adopts it.
   *
   * @param content empty or a single blob
   * @param md5 16 bytes
   * @param checksum of the algorithm asked for
   */
  public record Received(Content content, long size, byte[] md5, StoredChecksum checksum) {
    /** Hexadecimal MD5: the ETag of an object written at once. */
    public String eTag() {
      return HexFormat.of().formatHex(md5);
    }
  }

  /**
   * Takes a body to its end into a blob, computing and verifying checksums on the way.
   *
   * @param bucket where they are going to be
   * @param body null for an empty one
   * @param expected what the client announced
   * @throws io.coffer.model.S3Exception BadDigest, IncompleteBody and all that the body throws;
   *     nothing is left behind
   * @throws IOException the client went away
   */
  public Received receive(Bucket bucket, @Nullable Body body, ExpectedChecksums expected)
      throws IOException {
    try (var source = body == null ? Body.empty() : body) {
      if (source.length() > MAX_SINGLE_PUT) {
        throw tooLarge();
      }
      var received = copy(source, durabilities.of(bucket), expected.algorithm());
      try {
        expected.verify(received, source.trailers());
      } catch (RuntimeException e) {
        discard(received);
        throw e;
      }
      return received;
    }
  }

  private Received copy(Body source, Durability durability, Algorithm algorithm)
      throws IOException {
    var blob = ids.next();
    var md5 = Algorithm.MD5.newDigest();
    var checksum = algorithm == Algorithm.MD5 ? null : algorithm.newDigest();
    long size = 0;
    // Before the first byte: a client that waits for 100 Continue learns that there is no room.
    try (var writer = storage.write(blob, new BlobHint(source.length(), durability))) {
      var bytes = source.next();
      if (bytes == null) {
        return received(new Content.Empty(), 0, md5, algorithm, checksum);
      }
      for (; bytes != null; bytes = source.next()) {
        size += bytes.remaining();
        if (size > MAX_SINGLE_PUT) {
          throw tooLarge();
        }
        md5.update(bytes.duplicate());
        if (checksum != null) {
          checksum.update(bytes.duplicate());
        }
        writer.write(bytes);
      }
      writer.seal();
    }
    return received(new Content.Single(blob), size, md5, algorithm, checksum);
  }

  private static Received received(
      Content content, long size, Digest md5, Algorithm algorithm, @Nullable Digest checksum) {
    var md5Value = md5.finish();
    var value = checksum == null ? md5Value : checksum.finish();
    return new Received(content, size, md5Value, new StoredChecksum(algorithm, value, 0));
  }

  private static RuntimeException tooLarge() {
    return S3Error.ENTITY_TOO_LARGE
        .exception()
        .with("MaxSizeAllowed", Long.toString(MAX_SINGLE_PUT));
  }

  /** Forgets what no batch adopted. */
  public void discard(Received received) {
    if (received.content() instanceof Content.Single single) {
      storage.discard(single.blob());
    }
  }

  /**
   * Runs what makes use of received bytes; when it fails, the bytes are forgotten.
   *
   * @param use commits a batch that adopts the blob
   */
  public <T> T using(Received received, Supplier<T> use) {
    try {
      return use.get();
    } catch (StorageException.OutcomeUnknown unknown) {
      throw unknown; // the row may be there
    } catch (RuntimeException e) {
      discard(received);
      throw e;
    }
  }
}
