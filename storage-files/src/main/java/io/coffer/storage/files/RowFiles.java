package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * RocksDB's files, looked at from outside before RocksDB may write among them. They are on the
 * machine's disk, whatever disk holds the rest.
 */
final class RowFiles {
  private static final String CURRENT = "CURRENT";
  private static final Pattern MANIFEST = Pattern.compile("MANIFEST-[0-9]+\n");

  private RowFiles() {}

  /**
   * Returns when the file is there that says where RocksDB's state is, and the one that it names.
   *
   * @throws DirectoryUnusable one is missing; opening would make a new, empty store
   */
  static void check(Path rows) throws IOException {
    var current = rows.resolve(CURRENT);
    if (!Files.exists(current)) {
      throw Refusals.lost(current);
    }
    var named = new String(read(current), ISO_8859_1);
    if (!MANIFEST.matcher(named).matches()) {
      throw Refusals.damaged(current);
    }
    var manifest = rows.resolve(named.strip());
    if (!Files.exists(manifest)) {
      throw Refusals.lost(manifest);
    }
    if (Files.size(manifest) == 0) {
      throw Refusals.damaged(manifest);
    }
  }

  /**
   * Returns when every table and blob file is there that RocksDB's state names, with its length.
   * Reads that state and no more: the log is left out by looking for it elsewhere.
   *
   * @param noLogs a directory without logs of RocksDB
   * @throws RocksDBException RocksDB found something wrong
   * @throws DirectoryUnusable a file is missing
   */
  static void checkTables(Path rows, Path noLogs, FilesSettings settings) throws RocksDBException {
    try (var options = new RowStoreOptions(settings, false)) {
      options.database().setWalDir(noLogs.toString());
      var handles = new ArrayList<ColumnFamilyHandle>();
      try (var database =
          RocksDB.openReadOnly(options.database(), rows.toString(), options.families(), handles)) {
        for (var name : database.getLiveFiles(false).files) {
          var file = rows.resolve(name.replaceFirst("^/", ""));
          if (!Files.exists(file)) {
            throw Refusals.lost(file);
          }
        }
      } finally {
        handles.forEach(ColumnFamilyHandle::close);
      }
    }
  }

  /** Deletes what an interrupted making of the data directory left. */
  static void clear(Path rows) throws IOException {
    if (!Files.isDirectory(rows)) {
      return;
    }
    try (var left = Files.newDirectoryStream(rows)) {
      for (var file : left) {
        Files.delete(file);
      }
    }
  }

  private static byte[] read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(100);
    }
  }
}
