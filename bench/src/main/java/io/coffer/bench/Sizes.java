package io.coffer.bench;

import java.util.Random;

/** Sizes of objects: empty, one byte, small ones that lie with the rows, larger ones in files. */
final class Sizes {
  /** Up to this size a blob lies with the rows; a larger one has a file of its own. */
  static final int INLINE_BYTES = 16 << 10;

  /** S3's least size of a part that is not the last. */
  static final int LEAST_PART_BYTES = 5 << 20;

  private static final int LARGEST_BYTES = 2 << 20;

  private final Random random;

  Sizes(Random random) {
    this.random = random;
  }

  /** A piece of the content for an object. */
  Slice object() {
    int of = random.nextInt(100);
    if (of < 8) {
      return slice(0);
    }
    return of < 16 ? slice(1) : notEmpty();
  }

  /** A piece of the content for a part. */
  Slice part(int number) {
    return number < 3 && random.nextInt(8) == 0
        ? slice(LEAST_PART_BYTES + random.nextInt(1 << 16))
        : notEmpty();
  }

  private Slice notEmpty() {
    int of = random.nextInt(100);
    if (of < 5) {
      return slice(INLINE_BYTES + random.nextInt(3) - 1);
    }
    return of < 68
        ? slice(between(1 << 10, INLINE_BYTES))
        : slice(between(INLINE_BYTES, LARGEST_BYTES));
  }

  /** Small ones more often: each power of two is as likely as the next. */
  private int between(int least, int most) {
    return (int) (least * Math.pow((double) most / least, random.nextDouble()));
  }

  private Slice slice(int length) {
    return new Slice(random.nextInt(Content.PERIOD_BYTES), length);
  }
}
