package io.coffer.storage.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Looks at the end of RocksDB's log before RocksDB does. Behind the last record that was synced a
 * crash may leave anything, and RocksDB stops there, as it should; but where the byte that tells a
 * record's type happens to be that of a recycled log, it looks at the same record for ever
 * (facebook/rocksdb issue 13333: {@code ReadPhysicalRecord} refuses it and does not go on). Such a
 * log is cut off where its sound records end: what RocksDB would do.
 *
 * <p>The format is RocksDB's "Write Ahead Log File Format": blocks of 32 KiB with records of a
 * masked CRC32C (4 bytes), a length (2), a type (1), and the bytes; no record crosses a block.
 */
final class LogTail {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEADER_BYTES = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** What a reader does after a record. */
  private enum Step {
    /** It gives the record out, or keeps it for the one that it is a part of. */
    NEXT,
    /** It gives up the rest of the block. */
    NEXT_BLOCK,
    /** It has met a sound record behind an unsound one, or the end. */
    END,
    /** It never ends. */
    SPIN
  }

  private final ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32C crc = new CRC32C();
  private boolean someRecord;
  private boolean inParts;

  /** Where the first unsound record is; -1 while there was none. */
  private long unsoundAt = -1;

  private LogTail() {}

  /**
   * Mends the newest log in RocksDB's directory, if RocksDB could not read it.
   *
   * @param rows may not be there
   * @return the log that was cut off
   */
  static Optional<Path> mend(Path rows) throws IOException {
    if (!Files.isDirectory(rows)) {
      return Optional.empty();
    }
    var newest = newest(rows);
    return newest.isPresent() && mendLog(newest.get()) ? newest : Optional.empty();
  }

  private static boolean mendLog(Path file) throws IOException {
    var tail = new LogTail();
    try (var log = FileChannel.open(file, StandardOpenOption.READ)) {
      if (!tail.spins(log)) {
        return false;
      }
    }
    try (var log = FileChannel.open(file, StandardOpenOption.WRITE)) {
      log.truncate(tail.unsoundAt);
      log.force(true);
    }
    return true;
  }

  /** The log with the highest number that has something in it. */
  private static Optional<Path> newest(Path rows) throws IOException {
    try (var files = Files.list(rows)) {
      return files
          .filter(file -> name(file).endsWith(".log") && file.toFile().length() > 0)
          .max(
              Comparator.comparingInt((Path file) -> name(file).length())
                  .thenComparing(LogTail::name));
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** Reads as RocksDB does. */
  private boolean spins(FileChannel log) throws IOException {
    for (long start = 0; ; start += BLOCK_BYTES) {
      block.clear();
      while (block.hasRemaining() && log.read(block, start + block.position()) > 0) {
        // up to the block's end or the file's
      }
      block.flip();
      boolean isLast = block.limit() < BLOCK_BYTES;
      while (block.remaining() >= HEADER_BYTES) {
        var step = step(start, isLast);
        if (step == Step.SPIN || step == Step.END) {
          return step == Step.SPIN;
        }
        if (step == Step.NEXT_BLOCK) {
          break;
        }
      }
      if (isLast) {
        return false;
      }
    }
  }

  private Step step(long start, boolean isLast) {
    int at = block.position();
    int length = block.getShort(at + 4) & 0xffff;
    int type = block.get(at + 6) & 0xff;
    if (isOfRecycledLog(type)) {
      unsound(start + at);
      return someRecord ? Step.SPIN : Step.END;
    }
    if (length > block.remaining() - HEADER_BYTES) {
      unsound(start + at);
      return isLast ? Step.END : Step.NEXT_BLOCK;
    }
    if (!isSound(at, length)) {
      unsound(start + at);
      return Step.NEXT_BLOCK;
    }
    block.position(at + HEADER_BYTES + length);
    boolean ends = type == FULL || (type == LAST && inParts);
    inParts = type == FIRST || (type == MIDDLE && inParts);
    someRecord |= ends;
    return ends && unsoundAt >= 0 ? Step.END : Step.NEXT;
  }

  private void unsound(long position) {
    unsoundAt = unsoundAt < 0 ? position : unsoundAt;
    inParts = false;
  }

  private boolean isSound(int at, int length) {
    crc.reset();
    crc.update(block.array(), at + 6, 1 + length);
    int value = (int) crc.getValue();
    return block.getInt(at) == Integer.rotateRight(value, 15) + 0xa282ead8;
  }

  /** RocksDB's log_format.h: the types of records that carry their log's number. */
  private static boolean isOfRecycledLog(int type) {
    return (type >= 5 && type <= 8) || type == 11 || type == 131;
  }
}
