package io.coffer.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that older builds have written are read by this one, object by object. When what the
 * service writes in rows changes, a further one is made: add its number below, and run {@code
 * ./mvnw -pl conformance -am test -Dtest=GoldenStoreTest -Dcoffer.make.golden=true}. Those that are
 * there are never made again.
 */
class GoldenStoreTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @TempDir Path scratch;

  @ParameterizedTest
  @ValueSource(ints = {1})
  void eachIsReadAndGoesOn(int number) throws IOException {
    var zip = GOLDEN.resolve("store-" + number + ".zip");
    if (!Files.exists(zip) && Boolean.getBoolean("coffer.make.golden")) {
      make(zip);
    }
    var directory = scratch.resolve("data");
    unpack(zip, directory);
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      new GoldenStore(client).check();
    }
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      var store = new GoldenStore(client);
      store.check();
      store.goOn();
    }
  }

  private void make(Path zip) throws IOException {
    var directory = scratch.resolve("new");
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      new GoldenStore(client).make();
    }
    pack(directory, zip);
  }

  /** All but the lock and what RocksDB notes of its options, which it does without. */
  private static void pack(Path from, Path zip) throws IOException {
    Files.createDirectories(GOLDEN);
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

  private static void unpack(Path zip, Path to) throws IOException {
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
