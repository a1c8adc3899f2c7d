package io.coffer.storage.files;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Durable copies of files that are not the backend's own: RocksDB's and the secrets. With the
 * permissions that they have, and so for their owner alone where they are.
 */
final class FileCopy {
  private FileCopy() {}

  /** Copies a file; its name is durable once its directory is. */
  static void copy(Path from, Path to) throws IOException {
    Files.copy(from, to, COPY_ATTRIBUTES);
    try (var channel = FileChannel.open(to, READ)) {
      channel.force(true);
    }
  }

  /** Copies what is directly in a directory, but for directories, into another one. */
  static void copyFiles(Path from, Path to) throws IOException {
    try (var files = Files.newDirectoryStream(from, Files::isRegularFile)) {
      for (var file : files) {
        copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  /** Lets the owner alone into a directory that RocksDB made. */
  static void closeToOthers(Path directory) throws IOException {
    if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Bytes of the files directly in a directory. */
  static long bytes(Path directory) throws IOException {
    long bytes = 0;
    try (var files = Files.newDirectoryStream(directory, Files::isRegularFile)) {
      for (var file : files) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }
}
