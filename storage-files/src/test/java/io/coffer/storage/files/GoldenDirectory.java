package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.storage.BlobHint;
import io.coffer.storage.BlobId;
import io.coffer.storage.Bytes;
import io.coffer.storage.Cursor;
import io.coffer.storage.Durability;
import io.coffer.storage.Storage;
import io.coffer.storage.StorageException;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is in the golden directories: written once by a build that had that format, and looked for
 * by each later one. A directory is taken as a crash of its process leaves it, so that it has
 * tables, a log, a released blob whose file is still there, a file that nobody adopted, and files
 * that are noted as not synced.
 */
final class GoldenDirectory {
  private static final UUID STORE = UUID.fromString("bb20b45f-d4d9-5138-3d93-cb799b3970be");
  private static final int INLINE_BYTES = 6_000;

  /** Ids of blobs, and how long each is: in a table, in a blob file, in files. */
  private static final Map<BlobId, Integer> BLOBS =
      new TreeMap<>(
          Map.of(
              new BlobId(1, 1), 0,
              new BlobId(1, 2), 50,
              new BlobId(2, 0x3fa), 5_000,
              new BlobId(3, 0x123), 7_000,
              new BlobId(4, -1), 70_000,
              new BlobId(5, 5), 200_000));

  private static final BlobId RELEASED = new BlobId(6, 0x777);
  private static final BlobId STRAY = new BlobId(7, 0x888);

  private GoldenDirectory() {}

  /** Makes one. The storage is left open, so that the directory is as a crash leaves it. */
  static Storage make(Path directory) {
    try (var first = open(directory)) {
      writeRows(first, "first");
      writeBlobs(first, 0, INLINE_BYTES);
    }
    open(directory).close(); // now what was in the log is in tables
    var storage = open(directory);
    writeRows(storage, "second");
    storage.commit(Given.batch().delete(Bytes.utf8("first 3")).build());
    writeBlobs(storage, INLINE_BYTES, Integer.MAX_VALUE);
    writeBlob(storage, RELEASED, 8_000);
    storage.commit(Given.batch().adopt(RELEASED).build());
    storage.commit(Given.batch().release(RELEASED).build());
    writeBlob(storage, STRAY, 9_000);
    return storage;
  }

  /** Opens one as it is, and looks whether all of it is there, and no more. */
  static void check(Path directory) throws IOException {
    try (var storage = open(directory)) {
      assertEquals(STORE, storage.id());
      assertInstanceOf(Health.Sound.class, storage.health());
      assertEquals(rows(), storedRows(storage));
      assertEquals(announcements(), announcements(storage));
      for (var blob : BLOBS.entrySet()) {
        var id = blob.getKey();
        assertArrayEquals(content(blob.getValue()), Given.read(storage, id, 0, blob.getValue()));
        assertInstanceOf(Verdict.Sound.class, storage.verify(id));
      }
      assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(RELEASED, 0, 0));
      assertThrows(StorageException.NoSuchBlob.class, () -> storage.read(STRAY, 0, 0));
      try (var ids = storage.blobs(null)) {
        assertEquals(List.copyOf(BLOBS.keySet()), ids.toList());
      }
      storage.settle();
      assertEquals(3, Given.blobFiles(directory).size());
    }
  }

  /** It goes on being written to. */
  static void writeOn(Path directory) {
    try (var storage = open(directory)) {
      long before = Given.row(storage, "second 4").orElseThrow().revision().value();
      Given.put(storage, "second 4", "anew");
      long after = Given.row(storage, "second 4").orElseThrow().revision().value();
      assertEquals(after, Math.max(after, before + 1));
      storage.commit(Given.batch().release(new BlobId(3, 0x123)).build());
    }
    try (var storage = open(directory)) {
      assertEquals(Bytes.utf8("anew"), Given.row(storage, "second 4").orElseThrow().value());
    }
  }

  private static FilesStorage open(Path directory) {
    var settings = FilesSettings.defaults().withInlineBytes(INLINE_BYTES).withReserveBytes(0);
    var world = new World(new RealDisk(), System::nanoTime, new Random(0), RowsWatcher.NONE, false);
    return FilesStorage.open(directory, settings, world);
  }

  private static void writeRows(Storage storage, String kind) {
    for (int i = 0; i < 5; i++) {
      var name = kind + " " + i;
      storage.commit(
          Given.batch()
              .put(Bytes.utf8(name), Bytes.utf8(name + "'s value"))
              .announce(Bytes.utf8(name))
              .build());
    }
  }

  private static void writeBlobs(Storage storage, int fromBytes, int toBytes) {
    BLOBS.forEach(
        (blob, length) -> {
          if (length >= fromBytes && length < toBytes) {
            writeBlob(storage, blob, length);
            var durability = length > 100_000 ? Durability.RELAXED : Durability.SYNC;
            storage.commit(Given.batch().adopt(blob).durability(durability).build());
          }
        });
  }

  private static void writeBlob(Storage storage, BlobId blob, int length) {
    try (var writer = storage.write(blob, new BlobHint(length))) {
      writer.write(ByteBuffer.wrap(content(length)));
      writer.seal();
    }
  }

  private static Map<String, String> rows() {
    var rows = new TreeMap<String, String>();
    for (var name : announcements()) {
      rows.put(name, name + "'s value");
    }
    rows.remove("first 3");
    return rows;
  }

  private static Map<String, String> storedRows(Storage storage) {
    var rows = new TreeMap<String, String>();
    for (var row : Given.rows(storage)) {
      rows.put(text(row.key().path()), text(row.value()));
    }
    return rows;
  }

  private static List<String> announcements() {
    var all = new ArrayList<String>();
    for (var kind : new String[] {"first", "second"}) {
      for (int i = 0; i < 5; i++) {
        all.add(kind + " " + i);
      }
    }
    return all;
  }

  private static List<String> announcements(Storage storage) {
    var all = new ArrayList<String>();
    @Nullable Cursor after = null;
    for (var page = storage.changes(after, 3);
        !page.announcements().isEmpty();
        page = storage.changes(after, 3)) {
      page.announcements().forEach(announcement -> all.add(text(announcement)));
      after = page.next();
    }
    return all;
  }

  /** Bytes that compress well, and differ from block to block. */
  private static byte[] content(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251 + i / 10_000);
    }
    return bytes;
  }

  private static String text(Bytes bytes) {
    return new String(bytes.toArray(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
