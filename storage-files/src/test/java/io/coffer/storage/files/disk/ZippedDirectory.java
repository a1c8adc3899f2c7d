package io.coffer.storage.files.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A data directory as one file, to be kept with the tests. */
public final class ZippedDirectory {
  private ZippedDirectory() {}

  /** All but the lock and what RocksDB notes of its options, which it does without. */
  public static void pack(Path from, Path zip) throws IOException {
    Files.createDirectories(zip.toAbsolutePath().getParent());
    try (var out = new ZipOutputStream(Files.newOutputStream(zip));
        var paths = Files.walk(from)) {
      for (var path : (Iterable<Path>) paths.sorted()::iterator) {
        var name = from.relativize(path).toString();
        boolean needless = name.startsWith("rows/OPTIONS-") || name.endsWith("LOCK");
        if (name.isEmpty() || name.equals("lock") || needless) {
          continue;
        }
        boolean isDirectory = Files.isDirectory(path);
        out.putNextEntry(new ZipEntry(isDirectory ? name + "/" : name));
        if (!isDirectory) {
          Files.copy(path, out);
        }
      }
    }
  }

  /** Into a directory that is empty or not there. */
  public static void unpack(Path zip, Path to) throws IOException {
    Files.createDirectories(to);
    try (var in = new ZipInputStream(Files.newInputStream(zip))) {
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        var path = to.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.copy(in, path);
        }
      }
    }
  }
}
