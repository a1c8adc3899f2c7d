package io.coffer.storage.files;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.BlobWriter;
import io.coffer.storage.Durability;
import io.coffer.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps a blob in memory while it is small, and writes it to a file when it is not. */
final class FilesBlobWriter implements BlobWriter {
  private static final int FIRST_BYTES = 1 << 10;

  private enum State {
    OPEN,
    SEALED,
    FAILED,
    CLOSED
  }

  private final Blobs blobs;
  private final BlobId id;
  private final int inlineBytes;
  private final boolean synced;
  private byte[] small;
  private int smallLength;
  private @Nullable BlobFileWriter file;
  private State state = State.OPEN;

  FilesBlobWriter(Blobs blobs, BlobId id, BlobHint hint, int inlineBytes) {
    this.blobs = blobs;
    this.id = id;
    this.inlineBytes = inlineBytes;
    synced = hint.durability() instanceof Durability.Sync;
    boolean fits = hint.length() >= 0 && hint.length() <= inlineBytes;
    small = new byte[fits ? (int) hint.length() + InlineBlob.CRC_BYTES : 0];
    if (hint.length() > inlineBytes) {
      run(() -> file = blobs.newFile(id));
    }
  }

  @Override
  public void write(ByteBuffer bytes) {
    checkOpen();
    blobs.checkRoom(bytes.remaining());
    run(
        () -> {
          if (file == null && smallLength + (long) bytes.remaining() <= inlineBytes) {
            keep(bytes);
          } else {
            toFile().write(bytes);
          }
        });
  }

  @Override
  public void seal() {
    checkOpen();
    run(
        () ->
            blobs.whileOpen(
                () -> {
                  if (file != null || !blobs.sealSmall(id, small, smallLength)) {
                    blobs.sealFile(id, toFile().seal(synced), synced);
                  }
                }));
    state = State.SEALED;
    small = new byte[0];
    file = null;
  }

  @Override
  public void close() {
    if (state == State.OPEN) {
      abandon(State.CLOSED);
    }
  }

  private void keep(ByteBuffer bytes) {
    int count = bytes.remaining();
    int needed = smallLength + count + InlineBlob.CRC_BYTES;
    if (needed > small.length) {
      small = Arrays.copyOf(small, Math.max(Math.max(needed, FIRST_BYTES), 2 * smallLength));
    }
    bytes.get(small, smallLength, count);
    smallLength += count;
  }

  private BlobFileWriter toFile() throws IOException {
    var target = file;
    if (target == null) {
      target = blobs.newFile(id);
      file = target;
      target.write(ByteBuffer.wrap(small, 0, smallLength));
      small = new byte[0];
    }
    return target;
  }

  private void abandon(State next) {
    state = next;
    if (file != null) {
      file.abandon();
    }
    blobs.forget(id);
    small = new byte[0];
  }

  private void checkOpen() {
    if (state != State.OPEN) {
      throw new StorageException.Failure("the writer of blob " + id + " is " + state, null);
    }
    blobs.checkOpen();
  }

  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /** A step that fails is the blob's end. */
  private void run(Step step) {
    boolean done = false;
    try {
      step.run();
      done = true;
    } catch (IOException e) {
      throw Failures.of("blob " + id + " cannot be written", e);
    } finally {
      if (!done) {
        abandon(State.FAILED);
      }
    }
  }
}
