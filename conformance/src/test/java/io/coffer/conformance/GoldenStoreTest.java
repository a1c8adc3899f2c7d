package io.coffer.conformance;

import io.coffer.storage.files.disk.ZippedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  @ValueSource(ints = {1, 2})
  void eachIsReadAndGoesOn(int number) throws IOException {
    var zip = GOLDEN.resolve("store-" + number + ".zip");
    if (!Files.exists(zip) && Boolean.getBoolean("coffer.make.golden")) {
      make(zip, number);
    }
    var directory = scratch.resolve("data");
    ZippedDirectory.unpack(zip, directory);
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      new GoldenStore(client, number).check();
    }
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      var store = new GoldenStore(client, number);
      store.check();
      store.goOn();
    }
  }

  private void make(Path zip, int number) throws IOException {
    var directory = scratch.resolve("new");
    try (var server = S3Server.start(directory);
        var client = server.client()) {
      new GoldenStore(client, number).make();
    }
    ZippedDirectory.pack(directory, zip);
  }
}
