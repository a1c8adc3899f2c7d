package io.coffer.storage;

/** What every engine can keep, so that no caller may ask for more; backends refuse it. */
public final class Limits {
  /** Bytes of a key, its group not counted. */
  public static final int KEY_BYTES = 2_400;

  /** Bytes of a row's value. */
  public static final int ROW_BYTES = 64 << 10;

  /** Rows put, deleted or expected in one batch. */
  public static final int BATCH_ROWS = 128;

  /** Bytes of the keys, values and announcements of one batch. */
  public static final int BATCH_BYTES = 1 << 20;

  /** Blobs adopted or released in one batch. */
  public static final int BATCH_BLOBS = 128;

  /** How many of the latest batches a backend knows again, at least, while it is open. */
  public static final int BATCHES_REMEMBERED = 1 << 16;

  /** Rows of one page. */
  public static final int PAGE_ROWS = 1_000;

  /** Bytes of keys and values of one page, or of announcements. */
  public static final int PAGE_BYTES = 1 << 20;

  private Limits() {}
}
