package io.coffer.storage.files;

import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** The sentences with which a data directory is refused. */
final class Refusals {
  private Refusals() {}

  static DirectoryUnusable notADirectory(Path path) {
    return refusal(
        "%s is a file where the data directory needs a directory; move it away or choose another"
            + " data directory.",
        null, path);
  }

  static DirectoryUnusable notWritable(Path path, Exception cause) {
    return refusal(
        "The data directory %s cannot be written by the user %s (%s); change its owner or its"
            + " permissions, or choose another directory.",
        cause,
        path,
        System.getProperty("user.name"),
        cause instanceof AccessDeniedException ? "permission denied" : reason(cause));
  }

  static DirectoryUnusable readOnly(Path directory) {
    return refusal(
        "The data directory %s is on a filesystem that is mounted read-only; mount it writable, or"
            + " choose another directory.",
        null, directory);
  }

  static DirectoryUnusable foreign(Path directory, String entry) {
    return refusal(
        "The data directory %s holds %s, which is not Coffer's, and no %s; choose an empty"
            + " directory or one that Coffer made.",
        null, directory, entry, DirectoryProperties.NAME);
  }

  static DirectoryUnusable incomplete(Path directory, String entry) {
    return refusal(
        "The data directory %s has lost its directory %s; restore it from a backup.",
        null, directory, entry);
  }

  static DirectoryUnusable lost(Path file) {
    return refusal(
        "The file %s is missing, without which the rows cannot be read; put it back, or restore the"
            + " data directory from a backup.",
        null, file);
  }

  static DirectoryUnusable damaged(Path file) {
    return refusal(
        "The file %s is damaged, without which the rows cannot be read; restore the data directory"
            + " from a backup.",
        null, file);
  }

  static DirectoryUnusable snapshotInPlace(Path directory) {
    return refusal(
        "%1$s is a snapshot, which a server would change; make a data directory of it first, with"
            + " 'coffer snapshot restore %1$s NEW_DIR'.",
        null, directory);
  }

  static DirectoryUnusable newer(Path directory, int format, int known) {
    return refusal(
        "The data directory %s was written by a newer version of Coffer (format %d, and this"
            + " version knows formats up to %d); start it with that version or a later one.",
        null, directory, format, known);
  }

  static DirectoryUnusable illegible(Path properties, @Nullable Exception cause) {
    return refusal(
        "The file %s does not say the format and the id of the data directory; restore it from a"
            + " backup.",
        cause, properties);
  }

  static DirectoryUnusable noRoom(Path directory, long free, long needed) {
    return refusal(
        "The disk of the data directory %s has %s left where %s are needed; free some space or"
            + " choose another directory.",
        null, directory, mebibytes(free), mebibytes(needed));
  }

  static DirectoryUnusable rows(Path rows, RocksDBException cause) {
    if (Failures.isDiskFull(cause)) {
      return refusal(
          "The disk is full, so that the rows in %s cannot be opened; free some space.",
          cause, rows);
    }
    return refusal(
        "The rows in %s cannot be opened (RocksDB: %s); mend the disk or restore the data"
            + " directory from a backup.",
        cause, rows, String.valueOf(cause.getMessage()).replaceAll("[\\s.]+$", ""));
  }

  static DirectoryUnusable library(Throwable cause) {
    return refusal(
        "The library of RocksDB cannot be unpacked and loaded in the directory for temporary files"
            + " %s (%s); free some space there, or choose another one with -Djava.io.tmpdir=DIR.",
        cause, System.getProperty("java.io.tmpdir"), cause.getMessage());
  }

  private static String reason(Exception cause) {
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }

  @SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency of its own
  private static DirectoryUnusable refusal(
      String format, @Nullable Throwable cause, @Nullable Object... args) {
    return new DirectoryUnusable(format.formatted(args), cause);
  }
}
