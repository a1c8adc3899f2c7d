package io.coffer.storage;

import static io.coffer.storage.Limits.PAGE_ROWS;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in key order, and immutable blobs: all that a backend has to know. S3's rules are decided
 * above it. The limits are those of {@link Limits}; what a backend promises is tested by {@code
 * StorageContract}, method by method.
 *
 * <p>All methods are thread-safe, block, and may be called on virtual threads. They throw {@link
 * StorageException} and nothing else, but for {@link IllegalArgumentException} when a caller breaks
 * a limit.
 */
public interface Storage extends AutoCloseable {
  /** The row with this key, as of the last commit that returned before this call or later. */
  Optional<Row> get(RowKey key);

  /**
   * One page of rows within a range: one consistent snapshot, at most {@code limit} rows, {@link
   * Limits#PAGE_ROWS} rows or {@link Limits#PAGE_BYTES} bytes, but at least one row when there is
   * one. Go on with a range that starts after the last key. Nothing is held between two pages.
   *
   * @param limit at least 1
   */
  Page scan(RowRange range, Order order, int limit);

  /**
   * As {@link #scan(RowRange, Order, int)} in ascending order, but after each row it goes on where
   * the jump says. A backend for which that is a page of its own each time, as here, reads each row
   * in a snapshot of its own.
   */
  default Page scan(RowRange range, int limit, Jump jump) {
    var rows = new ArrayList<Row>();
    var rest = range;
    while (true) {
      var page = rest.isEmpty() ? null : scan(rest, Order.ASCENDING, 1);
      if (page == null || page.rows().isEmpty() || rows.size() == Math.min(limit, PAGE_ROWS)) {
        return new Page(rows, page != null && !page.rows().isEmpty());
      }
      var row = page.rows().getFirst();
      rows.add(row);
      rest = rest.after(row.key(), jump);
    }
  }

  /**
   * Applies a batch whole or not at all; when it returns, the batch and the blobs that it adopts
   * are durable as its {@link Durability} says, however the blobs were written and though a lesser
   * batch adopted them before; a backend that knows but one kind keeps the strictest that it has. A
   * batch whose id was committed before, since this storage was opened and among the last {@link
   * Limits#BATCHES_REMEMBERED}, returns at once, so a batch may be sent again after {@link
   * StorageException.OutcomeUnknown}, and every other answer to it then says what became of it: who
   * committed it already never refuses it. To adopt a blob again, or to release one that is not
   * there, changes nothing.
   *
   * @throws StorageException.Refused an expectation did not hold, or spuriously: nothing changed;
   *     read again, decide again, try again
   * @throws StorageException.OutcomeUnknown the engine went away with the answer
   * @throws StorageException.Full no room: nothing changed
   * @throws StorageException.Failure an adopted blob is not sealed, or anything else: nothing
   *     changed
   */
  void commit(Batch batch);

  /**
   * Announcements of committed batches, at least once, in commit order within a shard; a group is
   * whole in one shard. At most {@code limit} announcements or {@link Limits#PAGE_BYTES} bytes, but
   * at least one when there is one: only an empty answer is the end.
   *
   * @param after where the last call of {@link Changes#next()} ended; null for the beginning
   * @param limit 1 to {@link Limits#PAGE_ROWS}
   */
  Changes changes(@Nullable Cursor after, int limit);

  /** Lets go of the announcements up to and including a cursor: nobody gets them again. */
  void forget(Cursor upTo);

  /**
   * Starts a blob. The id is new, chosen by the caller and never used again; the hint only helps.
   *
   * @throws StorageException.Full no room, or none for as many bytes as the hint says
   * @throws StorageException.Failure there is a sealed blob with this id, or anything else
   */
  BlobWriter write(BlobId blob, BlobHint hint);

  /**
   * Opens a sealed blob for reading {@code length} bytes from {@code offset}; a reader that is open
   * reads to its end even when the blob is released meanwhile.
   *
   * @throws StorageException.NoSuchBlob there is no such blob
   * @throws IllegalArgumentException the bytes are not all within the blob
   */
  BlobReader read(BlobId blob, long offset, long length);

  /** Ids of all sealed blobs, adopted or not, in order, after an id; close the stream. */
  Stream<BlobId> blobs(@Nullable BlobId after);

  /**
   * Forgets a blob that no batch adopted, or a second time one that was released. Idempotent. The
   * caller vouches that no row refers to it.
   */
  void discard(BlobId blob);

  /** Reads a blob whole and checks it. */
  default Verdict verify(BlobId blob) {
    return verify(blob, bytes -> {});
  }

  /**
   * Reads a blob whole and checks it.
   *
   * @param progress told, after each piece, how many bytes it had, 1 MiB at most; it may take its
   *     time, and what it throws ends the check and is thrown
   */
  Verdict verify(BlobId blob, LongConsumer progress);

  /**
   * Checks some of what the backend keeps beside blobs, such as the files that hold rows, and looks
   * for what belongs to nothing. A walk over all of it is many calls; each reads some 64 MiB at
   * most. What other calls do meanwhile is no finding.
   *
   * @param after where the last call ended; null for the beginning
   */
  Inspection inspect(@Nullable Cursor after);

  Usage usage();

  /** Ends the backend; calls under way end or throw, later ones throw. Idempotent. */
  @Override
  void close();
}
