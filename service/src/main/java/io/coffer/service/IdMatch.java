package io.coffer.service;

import io.coffer.storage.BlobId;
import java.util.BitSet;
import java.util.HashMap;
import java.util.function.Consumer;

/**
 * Compares two multitudes of ids, each of which can be told any number of times, in memory that
 * does not grow with them. Ids are spread over cells by a hash; a cell has the number and the sums
 * of the hashes of those of one side less those of the other, so it is zero when both have the same
 * (but for one chance in 2^128). Only ids of cells that are not zero are then looked at one by one.
 * One thread.
 */
final class IdMatch {
  /** Tells all ids, each as often as it occurs. */
  @FunctionalInterface
  interface Ids {
    void tell(Consumer<BlobId> to);
  }

  /** What becomes known of an id of which both sides do not have just one. */
  @FunctionalInterface
  interface Difference {
    void found(BlobId id, int left, int right);
  }

  private static final int CELLS = 1 << 14;

  private final Ids left;
  private final Ids right;
  private final int idsAtOnce;

  /**
   * @param idsAtOnce how many ids may be held in memory, about
   */
  IdMatch(Ids left, Ids right, int idsAtOnce) {
    this.left = left;
    this.right = right;
    this.idsAtOnce = idsAtOnce;
  }

  /** Finds all differences; without any, each side is told once only. */
  void compare(Difference to) {
    var sums = new Sums();
    left.tell(id -> sums.add(id, 1));
    right.tell(id -> sums.add(id, -1));
    var cells = sums.differing();
    long idsInCell = sums.total / CELLS + 1;
    int cellsAtOnce = (int) Math.max(1, idsAtOnce / idsInCell);
    int cell = cells.nextSetBit(0);
    while (cell >= 0) {
      var some = new BitSet(CELLS);
      for (int i = 0; i < cellsAtOnce && cell >= 0; i++) {
        some.set(cell);
        cell = cells.nextSetBit(cell + 1);
      }
      look(some, to);
    }
  }

  private void look(BitSet cells, Difference to) {
    var counts = new HashMap<BlobId, int[]>();
    left.tell(id -> count(counts, cells, id, 0));
    right.tell(id -> count(counts, cells, id, 1));
    counts.forEach(
        (id, count) -> {
          if (count[0] != 1 || count[1] != 1) {
            to.found(id, count[0], count[1]);
          }
        });
  }

  private static void count(HashMap<BlobId, int[]> counts, BitSet cells, BlobId id, int side) {
    if (cells.get(cell(id))) {
      counts.computeIfAbsent(id, missing -> new int[2])[side]++;
    }
  }

  private static int cell(BlobId id) {
    return (int) (mix(id.time() ^ mix(id.random())) >>> (Long.SIZE - 14));
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  /** What the cells come to. */
  private static final class Sums {
    private final long[] counts = new long[CELLS];
    private final long[] firsts = new long[CELLS];
    private final long[] seconds = new long[CELLS];
    private long total;

    void add(BlobId id, int sign) {
      int cell = cell(id);
      counts[cell] += sign;
      firsts[cell] += sign * mix(id.time() + 0x9e3779b97f4a7c15L * (mix(id.random()) | 1));
      seconds[cell] += sign * mix(id.random() + mix(~id.time()));
      total++;
    }

    BitSet differing() {
      var cells = new BitSet(CELLS);
      for (int cell = 0; cell < CELLS; cell++) {
        if (counts[cell] != 0 || firsts[cell] != 0 || seconds[cell] != 0) {
          cells.set(cell);
        }
      }
      return cells;
    }
  }
}
