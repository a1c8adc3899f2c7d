package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.files.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes one blob's file block by block. What it keeps is one block, and four bytes for each block
 * written. A write or sync that failed is never tried again: the kernel may have dropped the pages,
 * so that a second sync would succeed and lie. One thread.
 */
final class BlobFileWriter {
  private final BlobFiles files;
  private final BlobId blob;
  private final BufferPool buffers;
  private final DiskFile file;
  private final ByteBuffer block;
  private final CRC32C crc = new CRC32C();
  private int[] checksums = new int[16];
  private int blocks;
  private long length;
  private boolean closed;

  BlobFileWriter(BlobFiles files, BlobId blob, BufferPool buffers) throws IOException {
    this.files = files;
    this.blob = blob;
    this.buffers = buffers;
    file = files.create(blob);
    block = buffers.take();
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (block.position() == 0 && bytes.isDirect() && bytes.remaining() >= Footer.BLOCK_BYTES) {
        writeBlock(bytes.slice(bytes.position(), Footer.BLOCK_BYTES));
        bytes.position(bytes.position() + Footer.BLOCK_BYTES);
        continue;
      }
      int count = Math.min(block.remaining(), bytes.remaining());
      block.put(bytes.slice(bytes.position(), count));
      bytes.position(bytes.position() + count);
      if (!block.hasRemaining()) {
        writeBlock(block.flip());
        block.clear();
      }
    }
  }

  /**
   * Writes the footer, and returns the length.
   *
   * @param synced whether file and entry have to be durable then
   */
  long seal(boolean synced) throws IOException {
    if (block.position() > 0) {
      writeBlock(block.flip());
    }
    Footer.write(file, block, blob, length, checksums);
    if (synced) {
      file.sync();
    }
    close();
    if (synced) {
      files.syncEntry(blob);
    }
    return length;
  }

  /** Forgets the file. */
  void abandon() {
    try {
      close();
      files.delete(blob);
    } catch (IOException e) {
      // What stays is a stray, which the next start looks for.
      files.leaveBehind();
      System.getLogger(BlobFileWriter.class.getName())
          .log(System.Logger.Level.WARNING, "The file of blob " + blob + " was not deleted", e);
    }
  }

  private void writeBlock(ByteBuffer bytes) throws IOException {
    crc.reset();
    crc.update(bytes.duplicate());
    if (blocks == checksums.length) {
      checksums = Arrays.copyOf(checksums, 2 * blocks);
    }
    checksums[blocks++] = (int) crc.getValue();
    length += bytes.remaining();
    file.append(bytes);
  }

  private void close() throws IOException {
    if (!closed) {
      closed = true;
      buffers.give(block);
      file.close();
    }
  }
}
