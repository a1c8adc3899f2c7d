package io.coffer.storage.files.disk;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a name stands for on a simulated disk, and how it came to be: pieces that were appended, and
 * how much of them was synced when. To be used under the disk's lock.
 */
final class Inode {
  /** Bytes appended by the operation with a number. */
  private record Piece(long number, long position, byte[] bytes) {}

  /** What the operation with a number made durable. */
  private record Synced(long number, long length) {}

  private final boolean isDirectory;

  /**
   * Whose bytes these are the first of: the same for copies of a file that lost no byte between.
   */
  private final Object origin;

  private final List<Piece> pieces = new ArrayList<>();
  private final List<Synced> syncs = new ArrayList<>();
  private long length;

  /** Since a sync failed: the kernel has dropped what it could not write, and later syncs lie. */
  private boolean dropped;

  private Inode(boolean isDirectory, Object origin) {
    this.isDirectory = isDirectory;
    this.origin = origin;
  }

  static Inode directory() {
    return new Inode(true, "directory");
  }

  static Inode file() {
    return new Inode(false, new Object());
  }

  /** What a crash after an operation leaves of it: durable, since before the first operation. */
  Inode crashed(long number, Crash crash) {
    if (isDirectory) {
      return directory();
    }
    int written = length(number);
    int durable = synced(number);
    if (written == durable) {
      var same = at(number);
      same.pieces.replaceAll(piece -> new Piece(0, piece.position(), piece.bytes()));
      same.dropped = false;
      same.sync(0);
      return same;
    }
    var bytes = bytes(written);
    var kept = crash.keep(bytes, durable);
    boolean isBeginning = Arrays.equals(kept, 0, kept.length, bytes, 0, kept.length);
    var left = new Inode(false, isBeginning ? origin : hash(kept));
    left.append(0, kept);
    left.sync(0);
    return left;
  }

  /** Whether a crash after an operation could leave different bytes. */
  boolean isVolatile(long number) {
    return length(number) > synced(number);
  }

  /** Equal for files with equal bytes of one origin. */
  Object content() {
    return List.of(origin, length);
  }

  /** The same as it was after an operation, to go on from there. */
  Inode at(long number) {
    var copy = new Inode(isDirectory, origin);
    for (var piece : pieces) {
      if (piece.number() <= number) {
        copy.append(piece.number(), piece.bytes());
      }
    }
    syncs.stream().filter(sync -> sync.number() <= number).forEach(copy.syncs::add);
    copy.dropped = dropped;
    return copy;
  }

  private static String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  boolean isDirectory() {
    return isDirectory;
  }

  long length() {
    return length;
  }

  void append(long number, byte[] bytes) {
    pieces.add(new Piece(number, length, bytes));
    length += bytes.length;
  }

  void sync(long number) {
    if (!dropped) {
      syncs.add(new Synced(number, length));
    }
  }

  void drop() {
    dropped = true;
  }

  /** Bytes that there were after an operation. */
  int length(long number) {
    long found = 0;
    for (var piece : pieces) {
      if (piece.number() <= number) {
        found = piece.position() + piece.bytes().length;
      }
    }
    return Math.toIntExact(found);
  }

  /** How many of them were durable. */
  int synced(long number) {
    long found = 0;
    for (var sync : syncs) {
      if (sync.number() <= number) {
        found = Math.max(found, sync.length());
      }
    }
    return Math.toIntExact(found);
  }

  /** The first bytes. */
  byte[] bytes(int count) {
    var bytes = ByteBuffer.allocate(count);
    read(bytes, 0);
    return bytes.array();
  }

  /** Fills a buffer; false when the file ends before that. */
  boolean read(ByteBuffer target, long position) {
    long at = position;
    for (var piece : pieces) {
      long skip = at - piece.position();
      if (skip >= 0 && skip < piece.bytes().length && target.hasRemaining()) {
        int count = (int) Math.min(target.remaining(), piece.bytes().length - skip);
        target.put(piece.bytes(), (int) skip, count);
        at += count;
      }
    }
    return !target.hasRemaining();
  }

  /** Turns one bit of what is stored. */
  void flip(long bit) {
    for (int i = 0; i < pieces.size(); i++) {
      var piece = pieces.get(i);
      long offset = bit / 8 - piece.position();
      if (offset >= 0 && offset < piece.bytes().length) {
        var bytes = Arrays.copyOf(piece.bytes(), piece.bytes().length);
        bytes[(int) offset] ^= (byte) (1 << (bit % 8));
        pieces.set(i, new Piece(piece.number(), piece.position(), bytes));
        return;
      }
    }
    throw new IllegalArgumentException("there is no bit " + bit);
  }
}
