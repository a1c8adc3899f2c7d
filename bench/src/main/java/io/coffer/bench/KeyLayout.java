package io.coffer.bench;

import java.math.BigInteger;

/**
 * The keys of a bucket filled for measurements, such as {@code d000012/o00001234}: in order they
 * are a flat listing, and with the delimiter {@code /} there is one common prefix per folder.
 *
 * @param objects at least 1, at most 99,999,999
 * @param perFolder keys below one common prefix
 */
record KeyLayout(long objects, int perFolder) {
  static final int PAGE_KEYS = 1000;

  private static final int FOLDER_DIGITS = 6;
  private static final int OBJECT_DIGITS = 8;
  private static final long STRIDE = 7_368_787;

  KeyLayout {
    if (objects < 1 || objects > 99_999_999 || perFolder < 1) {
      throw new IllegalArgumentException(
          "1 to 99,999,999 objects, at least 1 in a folder, not " + objects + " and " + perFolder);
    }
  }

  /**
   * Names a bucket by what is in it, so that a later run finds it, and never another.
   *
   * @param size bytes of each object
   */
  String bucketName(String beginning, long size) {
    return "%s-%d-%d-%d".formatted(beginning, objects, perFolder, size);
  }

  /**
   * @param index from 0, in the order of the keys
   */
  String key(long index) {
    return folder(index / perFolder) + "/o" + digits(index, OBJECT_DIGITS);
  }

  private static String folder(long number) {
    return "d" + digits(number, FOLDER_DIGITS);
  }

  private static String digits(long number, int width) {
    String text = Long.toString(number);
    return "0".repeat(Math.max(0, width - text.length())) + text;
  }

  long folders() {
    return (objects + perFolder - 1) / perFolder;
  }

  /**
   * Index of the n-th object in an order that jumps all over the keys: as objects come in real
   * buckets, and harder for a sorted store than their own order. Each comes once.
   */
  long scattered(long n) {
    long stride = STRIDE;
    while (!BigInteger.valueOf(stride).gcd(BigInteger.valueOf(objects)).equals(BigInteger.ONE)) {
      stride++;
    }
    return (n % objects) * (stride % objects) % objects;
  }

  /** A prefix amid the keys that has a page of 1,000 keys or more below it, if the bucket has. */
  String inside() {
    String prefix = folder(folders() / 2);
    long covered = perFolder;
    for (; covered < Math.min(PAGE_KEYS, objects); covered *= 10) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    return prefix;
  }
}
