package io.coffer.storage.files;

/** Whether the backend can do its work. */
public sealed interface Health {
  /** All is well. */
  record Sound() implements Health {}

  /**
   * Writes are refused until there is room again.
   *
   * @param freeBytes room that is left on the disk
   * @param reserveBytes room that has to be left, beside the reserve that is a file
   */
  record NoRoom(long freeBytes, long reserveBytes) implements Health {}

  /**
   * Commits are refused until the server is started again, because RocksDB could not write.
   *
   * @param reason what RocksDB said
   */
  record ReadOnly(String reason) implements Health {}
}
