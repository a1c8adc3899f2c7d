package io.coffer.storage;

import org.jspecify.annotations.Nullable;

/** Where a scan goes on, so that rows that nobody wants are not read one by one. */
@FunctionalInterface
public interface Jump {
  /**
   * The path of which the next row shall be the first that is not smaller.
   *
   * @param path of the row that was just read
   * @return a greater path, or null to go on with the row behind
   */
  @Nullable Bytes from(Bytes path);
}
