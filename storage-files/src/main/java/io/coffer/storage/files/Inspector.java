package io.coffer.storage.files;

import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Inspection;
import io.coffer.storage.Inspection.Finding;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Checks what is kept beside blobs: first the tables of rows, one a step; then the directories of
 * blob files, for files that no batch adopted, those with the same first two digits a step.
 * Thread-safe; blocks in native code.
 *
 * <p>A cursor is the name of the table, or of the directory, that was checked last.
 */
final class Inspector {
  private static final int BRANCHES = 256;
  private static final int LEAVES = 16;

  /** About what it takes to look up one file. */
  private static final int LOOKUP_BYTES = 512;

  private final RowStore store;
  private final BlobFiles files;
  private final Adopted adopted;
  private final Unadopted unadopted;

  Inspector(RowStore store, BlobFiles files, Adopted adopted, Unadopted unadopted) {
    this.store = store;
    this.files = files;
    this.adopted = adopted;
    this.unadopted = unadopted;
  }

  Inspection step(@Nullable Cursor after) throws RocksDBException {
    var last = after == null ? "" : text(after);
    if (last.isEmpty() || last.endsWith(".sst")) {
      var table = tableAfter(last);
      return table.isPresent() ? check(table.get()) : look(0);
    }
    return look(Integer.parseInt(last, 16) + 1);
  }

  private Optional<Path> tableAfter(String last) {
    return store.tables().stream()
        .filter(
            table ->
                last.isEmpty() || RowStore.TABLES.compare(table, table.resolveSibling(last)) > 0)
        .findFirst();
  }

  private Inspection check(Path table) {
    var findings = new ArrayList<Finding>();
    long bytes = 0;
    try {
      bytes = Files.size(table);
      RowStore.check(table);
    } catch (RocksDBException | IOException e) {
      if (store.tables().contains(table)) {
        findings.add(
            new Finding(
                Kind.DAMAGE, "the file of rows " + table + " is damaged: " + e.getMessage()));
      }
    }
    return new Inspection(findings, bytes, cursor(table.getFileName().toString()));
  }

  private Inspection look(int branch) throws RocksDBException {
    var findings = new ArrayList<Finding>();
    long bytes = 0;
    var name = HexFormat.of().toHexDigits((byte) branch);
    try {
      if (branch == 0) {
        findings.addAll(foreign(files.root(), BRANCHES));
      }
      var directory = files.root().resolve(name);
      findings.addAll(foreign(directory, LEAVES));
      for (int leaf = 0; leaf < LEAVES; leaf++) {
        for (var entry : list(directory.resolve(Integer.toHexString(leaf)))) {
          bytes += LOOKUP_BYTES;
          if (isStray(entry)) {
            findings.add(stray(entry.path()));
          }
        }
      }
    } catch (IOException e) {
      findings.add(
          new Finding(Kind.DAMAGE, "a directory of blobs cannot be read: " + e.getMessage()));
    }
    return new Inspection(findings, bytes, branch + 1 == BRANCHES ? null : cursor(name));
  }

  /** What lies beside the directories that belong there. */
  private List<Finding> foreign(Path directory, int most) throws IOException {
    int digits = Integer.toHexString(most - 1).length();
    var foreign = new ArrayList<Finding>();
    for (var entry : list(directory)) {
      if (!entry.isDirectory() || !entry.name().matches("[0-9a-f]{" + digits + "}")) {
        foreign.add(stray(entry.path()));
      }
    }
    return foreign;
  }

  private List<Disk.Entry> list(Path directory) throws IOException {
    try {
      return files.list(directory);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private boolean isStray(Disk.Entry entry) throws IOException, RocksDBException {
    BlobId blob;
    try {
      blob = BlobId.parse(entry.name());
    } catch (IllegalArgumentException e) {
      return true;
    }
    // In this order: a blob that is adopted meanwhile leaves the first after it is in the second.
    return entry.isDirectory()
        || !files.path(blob).equals(entry.path())
        || (!unadopted.contains(blob)
            && !adopted.knows(blob)
            // Released and deleted, it may be, since the directory was read.
            && files.exists(entry.path()));
  }

  private static Finding stray(Path path) {
    return new Finding(Kind.STRAY, path + " belongs to no object");
  }

  private static Cursor cursor(String name) {
    return new Cursor(Bytes.utf8(name));
  }

  private static String text(Cursor cursor) {
    return new String(cursor.position().toArray(), StandardCharsets.UTF_8);
  }
}
