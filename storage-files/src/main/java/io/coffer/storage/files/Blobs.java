package io.coffer.storage.files;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** Writing, reading and checking blobs, wherever they are. Thread-safe. */
final class Blobs {
  private final Gate gate;
  private final Reads reads;
  private final Unadopted unadopted;
  private final Adopted adopted;
  private final BlobFiles files;
  private final BufferPool buffers;
  private final DiskSpace space;

  Blobs(
      Gate gate,
      Reads reads,
      Unadopted unadopted,
      Adopted adopted,
      BlobFiles files,
      BufferPool buffers,
      DiskSpace space) {
    this.gate = gate;
    this.reads = reads;
    this.unadopted = unadopted;
    this.adopted = adopted;
    this.files = files;
    this.buffers = buffers;
    this.space = space;
  }

  BlobWriter write(BlobId blob, BlobHint hint, int inlineBytes) {
    space.check(Math.max(0, hint.length()));
    unadopted.begin(blob);
    boolean begun = false;
    try {
      if (place(blob) != null) {
        throw new StorageException.Failure("the blob id " + blob + " is taken", null);
      }
      begun = true;
    } finally {
      if (!begun) {
        unadopted.remove(blob);
      }
    }
    return new FilesBlobWriter(this, blob, hint, inlineBytes);
  }

  BlobReader read(BlobId blob, long offset, long length) {
    var found = find(blob);
    if (found == null) {
      throw new StorageException.NoSuchBlob(blob);
    }
    return switch (found) {
      case Unadopted.InMemory(InlineBlob inline) -> {
        checkRange(blob, inline.length(), offset, length);
        inline.check();
        yield inline.reader(offset, length);
      }
      case Unadopted.InFile(long blobLength, boolean synced) -> {
        checkRange(blob, blobLength, offset, length);
        yield open(blob, blobLength, offset, length);
      }
      case Unadopted.Writing writing -> throw new StorageException.NoSuchBlob(blob);
    };
  }

  Verdict verify(BlobId blob, LongConsumer progress) {
    try {
      var found = find(blob);
      return switch (found) {
        case null -> new Verdict.Missing();
        case Unadopted.Writing writing -> new Verdict.Missing();
        case Unadopted.InMemory(InlineBlob inline) -> {
          inline.check();
          progress.accept(inline.length());
          yield new Verdict.Sound(inline.length());
        }
        case Unadopted.InFile(long length, boolean synced) -> {
          readAll(blob, length, progress);
          yield new Verdict.Sound(length);
        }
      };
    } catch (StorageException.NoSuchBlob e) {
      return new Verdict.Missing();
    } catch (StorageException.Damaged e) {
      return new Verdict.Damaged(String.valueOf(e.getMessage()));
    }
  }

  /** Makes a file; the storage's end waits for it, so that it knows all there are. */
  BlobFileWriter newFile(BlobId blob) throws IOException {
    gate.enter();
    try {
      return new BlobFileWriter(files, blob, buffers);
    } finally {
      gate.exit();
    }
  }

  /** False when it has to go to a file. */
  boolean sealSmall(BlobId blob, byte[] bytes, int length) {
    return unadopted.seal(InlineBlob.of(blob, bytes, length));
  }

  void sealFile(BlobId blob, long length, boolean synced) {
    unadopted.seal(blob, length, synced);
  }

  /** Makes durable what was sealed, or adopted, without that. */
  void sync(List<BlobId> adopted, Flusher flusher) {
    for (var blob : adopted) {
      boolean isSealed = unadopted.sealed(blob) instanceof Unadopted.InFile file && !file.synced();
      if (!isSealed && !flusher.isUnsynced(blob)) {
        continue;
      }
      try {
        flusher.syncEarly(blob, files);
        files.syncEntry(blob);
        unadopted.synced(blob);
      } catch (NoSuchFileException e) {
        // Released meanwhile, which the commit will say.
      } catch (IOException e) {
        unadopted.unseal(blob); // or a second commit would find the file synced
        throw Failures.of("blob " + blob + " cannot be made durable", e);
      }
    }
  }

  void forget(BlobId blob) {
    unadopted.remove(blob);
  }

  void checkRoom(long bytes) {
    space.take(bytes);
  }

  void checkOpen() {
    gate.checkOpen();
  }

  /** Runs a step that the storage's end waits for. */
  void whileOpen(FilesBlobWriter.Step step) throws IOException {
    gate.enter();
    try {
      step.run();
    } finally {
      gate.exit();
    }
  }

  private Unadopted.@Nullable Blob find(BlobId blob) {
    gate.checkOpen();
    // In this order: a blob that is adopted meanwhile leaves the first after it is in the second.
    var here = unadopted.sealed(blob);
    if (here != null) {
      return here;
    }
    try {
      return reads.run(
          tier -> {
            // Small blobs first: for a large one RocksDB's filter answers without a read.
            var inline = adopted.inline(blob, tier);
            if (inline != null) {
              return new Unadopted.InMemory(inline);
            }
            var place = adopted.place(blob, tier);
            if (place != null && !place.inFile()) {
              // Adopted between the two looks, or its bytes are lost.
              inline = adopted.inline(blob, tier);
              if (inline == null && adopted.place(blob, tier) != null) {
                throw new StorageException.Damaged("blob " + blob + ": its bytes are missing");
              }
              return inline == null ? null : new Unadopted.InMemory(inline);
            }
            return place == null ? null : new Unadopted.InFile(place.length(), true);
          });
    } catch (RocksDBException e) {
      throw Failures.ofRead("blob " + blob, e);
    }
  }

  private @Nullable Place place(BlobId blob) {
    try {
      return reads.run(tier -> adopted.place(blob, tier));
    } catch (RocksDBException e) {
      throw Failures.ofRead("blob " + blob, e);
    }
  }

  private void readAll(BlobId blob, long length, LongConsumer progress) {
    try (var reader = open(blob, length, 0, length)) {
      // Each block is checked as it is read.
      for (var block = reader.next(); block != null; block = reader.next()) {
        progress.accept(block.remaining());
      }
    }
  }

  private BlobReader open(BlobId blob, long blobLength, long offset, long length) {
    try {
      return new BlobFileReader(files.open(blob), buffers, blob, blobLength, offset, length);
    } catch (NoSuchFileException e) {
      if (unadopted.sealed(blob) == null && place(blob) == null) {
        throw new StorageException.NoSuchBlob(blob); // released after we found it
      }
      throw new StorageException.Damaged("blob " + blob + ": its file is missing");
    } catch (IOException e) {
      throw Failures.of("blob " + blob + " cannot be opened", e);
    }
  }

  private static void checkRange(BlobId blob, long blobLength, long offset, long length) {
    if (offset < 0 || length < 0 || offset > blobLength || length > blobLength - offset) {
      throw new IllegalArgumentException(
          "%d bytes from %d of blob %s of %d bytes".formatted(length, offset, blob, blobLength));
    }
  }
}
