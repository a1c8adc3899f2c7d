package io.coffer.conformance.world;

import io.coffer.storage.files.disk.Crash;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Keeps every file that RocksDB's directory ever had, by hard links, so that the directory can be
 * made again as it was at any moment. Logs and manifests only grow, tables are written once, and
 * what is replaced (CURRENT) is another file; so of a moment only names and lengths have to be
 * remembered. One thread at a time.
 */
final class RowsVault {
  private static final int LOOKS_AT_MOST = 200;

  private final Path vault;
  private final Map<Object, Path> kept = new HashMap<>();

  /** How much of each log is known to be synced. */
  private final Map<Path, Long> synced = new HashMap<>();

  RowsVault(Path vault) throws IOException {
    this.vault = Files.createDirectories(vault);
  }

  /**
   * A file as it was at a moment.
   *
   * @param kept has at least these bytes, and the same
   * @param synced how many of them every crash leaves
   */
  record RowsFile(String name, Path kept, long length, long synced) {
    boolean isLog() {
      return isLog(name);
    }

    static boolean isLog(String name) {
      return name.endsWith(".log");
    }

    /** What a crash leaves of it. */
    byte[] after(Crash crash) throws IOException {
      var bytes = Arrays.copyOf(Files.readAllBytes(kept), Math.toIntExact(length));
      return synced == length ? bytes : crash.keep(bytes, Math.toIntExact(synced));
    }

    boolean isTable() {
      return name.endsWith(".sst") || name.endsWith(".blob");
    }
  }

  /** The directory at a moment. */
  record RowsState(List<RowsFile> files) {
    /**
     * While rows are written, from this moment to a later one: of logs, what was synced here is
     * sure and the rest may be there. All else is as it was later: RocksDB may have tidied up
     * meanwhile, and syncs by itself.
     */
    RowsState until(RowsState later) {
      var files = new ArrayList<RowsFile>();
      for (var file : later.files()) {
        long sure = file.isLog() ? syncedOf(file.kept()) : file.length();
        files.add(new RowsFile(file.name(), file.kept(), file.length(), sure));
      }
      return new RowsState(files);
    }

    private long syncedOf(Path kept) {
      return files.stream()
          .filter(file -> file.kept().equals(kept))
          .mapToLong(RowsFile::synced)
          .sum();
    }

    /** Makes the directory as a crash leaves it, if there is to be one; it is not there. */
    void restore(Path directory, Crash crash) throws IOException {
      if (!files.isEmpty()) {
        Files.createDirectory(directory);
      }
      for (var file : files) {
        var target = directory.resolve(file.name());
        if (file.isTable()) {
          Files.createLink(target, file.kept());
          continue;
        }
        var bytes = file.after(crash);
        boolean lost = file.isLog() && bytes.length == 0 && crash.equals(Crash.NOTHING);
        if (!lost) {
          Files.write(target, bytes);
        }
      }
    }

    /** Whether crashes could leave different directories. */
    boolean isVolatile() {
      return files.stream().anyMatch(file -> file.synced() < file.length());
    }

    /** What a crash leaves: equal for equal directories. */
    List<Object> image(Crash crash) throws IOException {
      var image = new ArrayList<Object>();
      for (var file : files) {
        image.add(file.kept());
        image.add(
            file.synced() == file.length()
                ? (Object) file.length()
                : Model.hex(Model.md5(file.after(crash))));
      }
      return image;
    }
  }

  /** The directory as it is now; nobody writes rows meanwhile, but RocksDB may tidy up. */
  RowsState look(Path directory) throws IOException {
    var before = lookOnce(directory);
    for (int looks = 0; looks < LOOKS_AT_MOST; looks++) {
      var now = lookOnce(directory);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    throw new IOException("RocksDB does not come to rest");
  }

  /** All that logs hold now is synced. */
  void synced(RowsState now) {
    now.files().stream()
        .filter(RowsFile::isLog)
        .forEach(file -> synced.put(file.kept(), file.length()));
  }

  /** What is in a directory that was restored is as durable as it was when it was looked at. */
  void resume(Path directory, RowsState restored, boolean durable) throws IOException {
    for (var file : lookOnce(directory).files()) {
      long sure =
          restored.files().stream()
              .filter(before -> before.name().equals(file.name()))
              .mapToLong(before -> durable ? file.length() : before.synced())
              .sum();
      synced.put(file.kept(), sure);
    }
  }

  private RowsState lookOnce(Path directory) throws IOException {
    var files = new ArrayList<RowsFile>();
    if (Files.exists(directory)) {
      try (var entries = Files.newDirectoryStream(directory)) {
        for (var entry : entries) {
          look(entry, files);
        }
      } catch (DirectoryIteratorException e) {
        throw e.getCause();
      }
    }
    files.sort(Comparator.comparing(RowsFile::name));
    return new RowsState(List.copyOf(files));
  }

  private void look(Path file, List<RowsFile> files) throws IOException {
    var name = file.getFileName().toString();
    if (name.startsWith("LOG") || name.equals("LOCK") || name.endsWith(".dbtmp")) {
      return; // what RocksDB tells people, its lock, and what it is about to rename
    }
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var keep = keep(file, Objects.requireNonNull(attributes.fileKey(), "an inode number"));
      long length = attributes.size();
      long sure = RowsFile.isLog(name) ? synced.getOrDefault(keep, 0L) : length;
      files.add(new RowsFile(name, keep, length, sure));
    } catch (NoSuchFileException e) {
      // Gone since the directory was read; the next look agrees.
    }
  }

  private Path keep(Path file, Object key) throws IOException {
    var known = kept.get(key);
    if (known != null) {
      return known;
    }
    var link = vault.resolve(kept.size() + "-" + file.getFileName());
    Files.createLink(link, file);
    kept.put(key, link);
    return link;
  }
}
