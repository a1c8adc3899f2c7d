package io.coffer.storage.files;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.coffer.storage.BlobId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the files of blobs are: {@code 3f/a/<id>}, by the last three digits of the id, which are
 * random. 4,096 directories stay small for many millions of files, and few enough that making them
 * durable is soon paid for. Thread-safe.
 */
final class BlobFiles {
  private static final int DIGITS = BlobId.TEXT_LENGTH;

  private final Path root;
  private final DirectorySync directories;

  /** Directories that are known to outlive a crash. */
  private final Set<Path> durable = ConcurrentHashMap.newKeySet();

  BlobFiles(Path root, DirectorySync directories) {
    this.root = root;
    this.directories = directories;
  }

  Path root() {
    return root;
  }

  Path path(BlobId blob) {
    return leaf(blob).resolve(blob.toString());
  }

  /**
   * @throws java.nio.file.FileAlreadyExistsException the id was used before
   */
  FileChannel create(BlobId blob) throws IOException {
    var path = path(blob);
    try {
      return FileChannel.open(path, CREATE_NEW, WRITE);
    } catch (NoSuchFileException e) {
      Files.createDirectories(leaf(blob));
      return FileChannel.open(path, CREATE_NEW, WRITE);
    }
  }

  /**
   * @throws NoSuchFileException there is no such file
   */
  FileChannel open(BlobId blob) throws IOException {
    return FileChannel.open(path(blob), READ);
  }

  /** Returns when the file's entry, and all directories up to the root's, are durable. */
  void syncEntry(BlobId blob) throws IOException {
    var leaf = leaf(blob);
    directories.sync(leaf);
    if (!durable.contains(leaf)) {
      directories.sync(branch(blob));
      directories.sync(root);
      durable.add(leaf);
    }
  }

  /** Deletes the file, if there is one. */
  void delete(BlobId blob) throws IOException {
    Files.deleteIfExists(path(blob));
  }

  private Path branch(BlobId blob) {
    return root.resolve(blob.toString().substring(DIGITS - 3, DIGITS - 1));
  }

  private Path leaf(BlobId blob) {
    return branch(blob).resolve(blob.toString().substring(DIGITS - 1));
  }
}
