package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.zip.CRC32C;

/**
 * What a blob's file has after the blob's bytes: the CRC32C of each block of 64 KiB (four bytes
 * each, the last block may be shorter), then the blob's id (16), its length (8), the block size
 * (4), the CRC32C of the footer so far (4), and a magic number (8). All big-endian.
 */
final class Footer {
  static final int BLOCK_BYTES = 64 << 10;

  private static final int TAIL_BYTES = 40;
  private static final int CRC_AND_MAGIC_BYTES = 12;
  private static final long MAGIC = 0x434f_4646_4552_4231L; // COFFERB1

  private Footer() {}

  /** Blocks of a blob. */
  static int blocks(long length) {
    return Math.toIntExact((length + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  /** Bytes of the file of a blob. */
  static long fileBytes(long length) {
    return length + 4L * blocks(length) + TAIL_BYTES;
  }

  /** Writes a footer at the file's end, by way of an empty buffer. */
  static void write(
      DiskFile file, ByteBuffer buffer, BlobId blob, long length, int[] blockChecksums)
      throws IOException {
    var crc = new CRC32C();
    buffer.clear();
    for (int i = 0; i < blocks(length); i++) {
      if (buffer.remaining() < TAIL_BYTES) {
        crc.update(buffer.flip());
        file.append(buffer.rewind());
        buffer.clear();
      }
      buffer.putInt(blockChecksums[i]);
    }
    if (buffer.remaining() < TAIL_BYTES) {
      crc.update(buffer.flip());
      file.append(buffer.rewind());
      buffer.clear();
    }
    buffer.putLong(blob.time()).putLong(blob.random()).putLong(length).putInt(BLOCK_BYTES);
    crc.update(buffer.duplicate().flip());
    buffer.putInt((int) crc.getValue()).putLong(MAGIC);
    file.append(buffer.flip());
  }

  /**
   * Reads and checks a footer.
   *
   * @param fromBlock the first block whose checksum is wanted
   * @param toBlock the block after the last one that is wanted
   * @return checksums of the wanted blocks
   * @throws StorageException.Damaged it is not the footer of this blob
   */
  static int[] read(
      DiskFile file, ByteBuffer buffer, BlobId blob, long length, int fromBlock, int toBlock)
      throws IOException {
    long size = file.size();
    check(size == fileBytes(length), blob, "the file has " + size + " bytes");
    var crc = new CRC32C();
    var wanted = new int[toBlock - fromBlock];
    long position = length;
    int blocks = blocks(length);
    for (int block = 0; block < blocks; ) {
      int count = Math.min(blocks - block, buffer.capacity() / 4);
      check(fill(file, blob, buffer, position, 4 * count), blob, "the footer is cut off");
      crc.update(buffer.duplicate());
      for (int i = 0; i < count; i++, block++) {
        int checksum = buffer.getInt();
        if (block >= fromBlock && block < toBlock) {
          wanted[block - fromBlock] = checksum;
        }
      }
      position += 4L * count;
    }
    check(fill(file, blob, buffer, position, TAIL_BYTES), blob, "the footer is cut off");
    crc.update(buffer.duplicate().limit(TAIL_BYTES - CRC_AND_MAGIC_BYTES));
    var found = new BlobId(buffer.getLong(), buffer.getLong());
    long foundLength = buffer.getLong();
    int blockBytes = buffer.getInt();
    check(buffer.getInt() == (int) crc.getValue(), blob, "the footer's checksum does not match");
    check(buffer.getLong() == MAGIC, blob, "the file does not end as a blob's file does");
    check(
        found.equals(blob) && foundLength == length && blockBytes == BLOCK_BYTES,
        blob,
        "the file is that of blob " + found + " of " + foundLength + " bytes");
    return wanted;
  }

  private static boolean fill(
      DiskFile file, BlobId blob, ByteBuffer buffer, long position, int bytes) throws IOException {
    try {
      return file.read(buffer.clear().limit(bytes), position);
    } catch (ClosedChannelException e) {
      throw e; // an interrupt, which says nothing of the disk
    } catch (IOException e) {
      throw new StorageException.Damaged(
          "blob %s: the checksums, bytes %d to %d of its file, cannot be read: %s"
              .formatted(blob, position, position + bytes - 1, e.getMessage()));
    }
  }

  private static void check(boolean holds, BlobId blob, String otherwise) {
    if (!holds) {
      throw new StorageException.Damaged("blob " + blob + ": " + otherwise);
    }
  }
}
