package io.coffer.storage.files;

import io.coffer.storage.StorageException;
import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What the disk and RocksDB throw, in the words of the storage interface. */
final class Failures {
  private Failures() {}

  /**
   * @param doing what failed, as in "blob 01… cannot be written"
   */
  static StorageException of(String doing, IOException cause) {
    return isDiskFull(cause)
        ? new StorageException.Full(doing + ": the disk is full")
        : new StorageException.Failure(doing + ": " + cause, cause);
  }

  static StorageException of(String doing, RocksDBException cause) {
    return isDiskFull(cause)
        ? new StorageException.Full(doing + ": the disk is full")
        : new StorageException.Failure(doing + ": " + cause.getMessage(), cause);
  }

  /** Answers what comes while RocksDB takes nothing for lack of room. */
  static StorageException stalled() {
    return new StorageException.Full("RocksDB met the end of the disk, and waits for room");
  }

  /** Of a read: what is damaged is told from what may pass. */
  static StorageException ofRead(String what, RocksDBException cause) {
    return isCorruption(cause)
        ? new StorageException.Damaged(what + " cannot be read: " + cause.getMessage())
        : of(what + " cannot be read", cause);
  }

  static boolean isDiskFull(IOException e) {
    return e instanceof Disk.DiskFull || e.getCause() instanceof Disk.DiskFull;
  }

  static boolean isDiskFull(RocksDBException e) {
    var status = e.getStatus();
    return status != null && status.getSubCode() == Status.SubCode.NoSpace;
  }

  /** Whether a read that was to use the cache alone found that it does not suffice. */
  static boolean isNotCached(RocksDBException e) {
    return code(e) == Status.Code.Incomplete;
  }

  static boolean isCorruption(RocksDBException e) {
    return code(e) == Status.Code.Corruption;
  }

  private static Status.Code code(RocksDBException e) {
    var status = e.getStatus();
    return status == null ? Status.Code.Undefined : status.getCode();
  }
}
