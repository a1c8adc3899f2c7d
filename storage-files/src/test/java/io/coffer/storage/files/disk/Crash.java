package io.coffer.storage.files.disk;

import java.util.Random;

/**
 * What becomes of changes that were not synced when a machine fails: of bytes, of lengths, and of
 * entries of directories. What was synced stays, also in a sector that was written to later.
 */
public interface Crash {
  /** Nothing that was not synced is there. */
  Crash NOTHING =
      new Crash() {
        @Override
        public boolean keepsEntry() {
          return false;
        }

        @Override
        public byte[] keep(byte[] bytes, int durable) {
          return java.util.Arrays.copyOf(bytes, durable);
        }

        @Override
        public String toString() {
          return "nothing";
        }
      };

  /** Everything is there. */
  Crash EVERYTHING =
      new Crash() {
        @Override
        public boolean keepsEntry() {
          return true;
        }

        @Override
        public byte[] keep(byte[] bytes, int durable) {
          return bytes;
        }

        @Override
        public String toString() {
          return "everything";
        }
      };

  /** Entries are there, and lengths, but zeros in the place of bytes. */
  Crash LENGTHS =
      new Crash() {
        @Override
        public boolean keepsEntry() {
          return true;
        }

        @Override
        public byte[] keep(byte[] bytes, int durable) {
          var kept = new byte[bytes.length];
          System.arraycopy(bytes, 0, kept, 0, durable);
          return kept;
        }

        @Override
        public String toString() {
          return "lengths";
        }
      };

  /** Some is there: which, the seed decides. */
  static Crash torn(long seed) {
    return new Torn(new Random(seed), seed);
  }

  /** Whether one change of a directory's entries is there, that was not synced. */
  boolean keepsEntry();

  /**
   * What of a file is there.
   *
   * @param bytes all that were written
   * @param durable how many of them were synced
   */
  byte[] keep(byte[] bytes, int durable);

  /** Loses, cuts off and damages by chance, in blocks of 512 bytes or 4 KiB. */
  final class Torn implements Crash {
    private final Random random;
    private final long seed;

    /** How probable it is that an entry is kept: all, most, or few of them. */
    private final double entries;

    private Torn(Random random, long seed) {
      this.random = random;
      this.seed = seed;
      entries = new double[] {1, 0.9, 0.5, 0.1}[random.nextInt(4)];
    }

    /** The same, from its beginning. */
    public Crash again() {
      return torn(seed);
    }

    @Override
    public boolean keepsEntry() {
      return random.nextDouble() < entries;
    }

    @Override
    public byte[] keep(byte[] bytes, int durable) {
      int block = random.nextBoolean() ? 512 : 4_096;
      var kept = java.util.Arrays.copyOf(bytes, length(bytes.length, durable, block));
      double damage = random.nextInt(3) * 0.3;
      for (int from = durable; from < kept.length; from = (from / block + 1) * block) {
        int to = Math.min(kept.length, (from / block + 1) * block);
        if (random.nextDouble() < damage) {
          damage(kept, from, to);
        }
      }
      return kept;
    }

    /** Of blocks, or of bytes, or all. */
    private int length(int length, int durable, int block) {
      int more = random.nextInt(length - durable + 1);
      return switch (random.nextInt(3)) {
        case 0 -> durable + more;
        case 1 -> Math.max(durable, Math.min(length, (durable + more) / block * block));
        default -> length;
      };
    }

    private void damage(byte[] bytes, int from, int to) {
      boolean zeros = random.nextBoolean();
      for (int i = from; i < to; i++) {
        bytes[i] = zeros ? 0 : (byte) random.nextInt();
      }
    }

    @Override
    public String toString() {
      return "torn(" + seed + ")";
    }
  }
}
