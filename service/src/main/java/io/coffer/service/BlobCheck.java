package io.coffer.service;

import io.coffer.storage.BlobId;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Reads blobs whole, and finds which of their bytes cannot be had. One thread. */
final class BlobCheck {
  /** No backend has smaller blocks of its own, and a finding need not be finer. */
  private static final int PIECE_BYTES = 64 << 10;

  /** Ranges told of one blob; the last one takes in what is damaged beyond. */
  private static final int RANGES_AT_MOST = 64;

  private final Storage storage;
  private final Tally tally;
  private final LongConsumer pace;

  /**
   * @param pace told of all bytes that were read; what it throws is thrown
   */
  BlobCheck(Storage storage, Tally tally, LongConsumer pace) {
    this.storage = storage;
    this.tally = tally;
    this.pace = pace;
  }

  /** Some bytes of a blob, and what is wrong with them. */
  record Fault(ByteRange bytes, String what) {}

  /**
   * What is wrong with a blob that a row refers to; nothing when it is sound.
   *
   * @param length bytes that the row says it has
   * @throws StorageException it cannot be told
   */
  List<Fault> check(BlobId blob, long length) {
    tally.blob();
    var verdict = storage.verify(blob, this::read);
    return switch (verdict) {
      case Verdict.Sound(long found) when found == length -> List.of();
      case Verdict.Sound(long found) ->
          List.of(
              new Fault(
                  all(length), "blob " + blob + " has " + found + " bytes instead of " + length));
      case Verdict.Missing missing ->
          List.of(new Fault(all(length), "blob " + blob + " is missing"));
      case Verdict.Damaged(String detail) -> damagedRanges(blob, length, detail);
    };
  }

  private void read(long bytes) {
    tally.bytes(bytes);
    pace.accept(bytes);
  }

  private static ByteRange all(long length) {
    return new ByteRange(0, length);
  }

  /** Reads on behind each piece that cannot be read. */
  private List<Fault> damagedRanges(BlobId blob, long length, String detail) {
    var ranges = new ArrayList<ByteRange>();
    long from = 0;
    while (from < length) {
      long good = readableFrom(blob, from, length);
      if (good < 0) {
        add(ranges, new ByteRange(from, length - from));
        break;
      }
      from += good;
      if (from < length) {
        var piece = new ByteRange(from, Math.min(PIECE_BYTES, length - from));
        add(ranges, piece);
        from += piece.length();
      }
    }
    if (ranges.isEmpty()) {
      ranges.add(all(length));
    }
    return ranges.stream().map(range -> new Fault(range, detail)).toList();
  }

  private static void add(List<ByteRange> ranges, ByteRange piece) {
    var last = ranges.isEmpty() ? new ByteRange(-1, 0) : ranges.getLast();
    boolean adjoins = last.offset() + last.length() == piece.offset();
    if (adjoins || ranges.size() == RANGES_AT_MOST) {
      long length = piece.offset() + piece.length() - last.offset();
      ranges.set(ranges.size() - 1, new ByteRange(last.offset(), length));
    } else {
      ranges.add(piece);
    }
  }

  /** How many bytes can be read from an offset on; -1 when the blob cannot be opened. */
  private long readableFrom(BlobId blob, long from, long length) {
    long good = 0;
    try (var reader = storage.read(blob, from, length - from)) {
      try {
        for (var bytes = reader.next(); bytes != null; bytes = reader.next()) {
          good += bytes.remaining();
          read(bytes.remaining());
        }
      } catch (StorageException.Damaged e) {
        read(Math.min(PIECE_BYTES, length - from - good));
      }
      return good;
    } catch (StorageException.Damaged | StorageException.NoSuchBlob | IllegalArgumentException e) {
      return -1;
    }
  }
}
