package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.BlobReader;
import io.coffer.storage.FileSpan;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Reads a range of one blob's file: the blocks it touches, each checked before it is given. */
final class BlobFileReader implements BlobReader {
  /** Bytes that are verified at once to be sent from the file. */
  private static final int SPAN_BYTES = 1 << 20;

  /** Fewer bytes are copied sooner than they are sent from the file. */
  private static final int SPAN_FROM_BYTES = 128 << 10;

  private final BlobId blob;
  private final long blobLength;
  private final DiskFile file;
  private final BufferPool buffers;
  private final ByteBuffer buffer;
  private final CRC32C crc = new CRC32C();
  private final int[] checksums;
  private final int firstBlock;
  private final long end;
  private long position;
  private boolean closed;

  /**
   * Takes the file over, also when it throws.
   *
   * @throws StorageException.Damaged the file has no proper footer
   */
  BlobFileReader(
      DiskFile file, BufferPool buffers, BlobId blob, long blobLength, long from, long bytes)
      throws IOException {
    this.file = file;
    this.buffers = buffers;
    this.blob = blob;
    this.blobLength = blobLength;
    position = from;
    end = from + bytes;
    buffer = buffers.take();
    firstBlock = Math.toIntExact(from / Footer.BLOCK_BYTES);
    int endBlock = bytes == 0 ? firstBlock : Footer.blocks(end);
    int[] read = {};
    boolean done = false;
    try {
      read = Footer.read(file, buffer, blob, blobLength, firstBlock, endBlock);
      done = true;
    } finally {
      if (!done) {
        close();
      }
    }
    checksums = read;
  }

  @Override
  public @Nullable ByteBuffer next() {
    if (position == end) {
      return null;
    }
    int block = Math.toIntExact(position / Footer.BLOCK_BYTES);
    long start = (long) block * Footer.BLOCK_BYTES;
    int length = (int) Math.min(Footer.BLOCK_BYTES, blobLength - start);
    if (!fill(start, length)) {
      throw damaged(start, length, "are not all there");
    }
    crc.reset();
    crc.update(buffer.duplicate());
    if ((int) crc.getValue() != checksums[block - firstBlock]) {
      throw damaged(start, length, "are not those that were written");
    }
    int from = (int) (position - start);
    int to = (int) Math.min(length, end - start);
    position = start + to;
    return buffer.slice(from, to - from);
  }

  @Override
  public @Nullable FileSpan nextSpan() {
    var channel = file.channel();
    long from = position;
    long to = Math.min(end, from + SPAN_BYTES);
    if (channel == null || to - from < SPAN_FROM_BYTES) {
      return null;
    }
    while (position < to) {
      try {
        next();
      } catch (StorageException.Damaged e) {
        if (position == from) {
          throw e;
        }
        break; // what is before it is sound; the next call meets it again
      }
    }
    return new FileSpan(channel, from, position - from);
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    buffers.give(buffer);
    try {
      file.close();
    } catch (IOException e) {
      throw Failures.of("blob " + blob + " cannot be closed", e);
    }
  }

  private boolean fill(long start, int length) {
    if (closed) {
      throw new StorageException.Failure("the reader of blob " + blob + " is closed", null);
    }
    try {
      return file.read(buffer.clear().limit(length), start);
    } catch (ClosedChannelException e) {
      throw Failures.of("blob " + blob + " cannot be read", e);
    } catch (IOException e) {
      throw damaged(start, length, "cannot be read: " + e.getMessage());
    }
  }

  private StorageException damaged(long start, int length, String how) {
    return new StorageException.Damaged(
        "blob %s: bytes %d to %d %s".formatted(blob, start, start + length - 1, how));
  }
}
