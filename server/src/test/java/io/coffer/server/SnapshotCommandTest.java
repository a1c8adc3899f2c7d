package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code coffer snapshot} says. */
class SnapshotCommandTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Coffer.run(args, Map.of(), new PrintWriter(out), new PrintWriter(err));
  }

  @BeforeEach
  void makeDataDirectory() {
    FilesStorage.open(dir.resolve("data"), FilesSettings.defaults()).close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2 | create | DIR",
        "2 | create data one two | two",
        "1 | create nowhere | There is no data directory at",
        "1 | create data .hidden | letters, digits",
        "1 | create data a/b | letters, digits",
        "1 | delete data nope | There is no snapshot nope of",
        "2 | delete data | NAME",
        "2 | list | DIR",
        "1 | list nowhere | There is no data directory at",
        "2 | restore data | NEW_DIR",
        "1 | restore data new | is not a snapshot: it has no file snapshot.properties",
        "1 | restore data nope new | There is no snapshot nope of",
        "1 | restore data .. new | letters, digits"
      })
  void wrongUsageIsOneSentence(int status, String args, String expected) throws IOException {
    var words = ("snapshot " + args).split(" ", -1);
    for (int i = 2; i < words.length; i++) {
      boolean path = List.of("data", "nowhere", "new").contains(words[i]);
      words[i] = path ? dir.resolve(words[i]).toString() : words[i];
    }
    assertEquals(status, run(words), err.toString());
    var lines = err.toString().lines().toList();
    assertTrue(lines.getFirst().startsWith("coffer: "), err.toString());
    assertTrue(lines.getFirst().contains(expected), err.toString());
    assertTrue(lines.size() <= 2, err.toString());
    assertEquals("", out.toString());
    try (var entries = Files.list(dir)) {
      assertEquals(List.of(dir.resolve("data")), entries.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "create", "list", "restore", "delete"})
  void theHelpTeaches(String command) {
    assertEquals(0, command.isEmpty() ? run("snapshot", "-h") : run("snapshot", command, "-h"));
    assertTrue(out.toString().startsWith("Usage: coffer snapshot " + command), out.toString());
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 100), out.toString());
    if (command.isEmpty()) {
      assertTrue(out.toString().contains("rsync -a ./data/snapshots/nightly/"), out.toString());
    }
  }

  @Test
  void withoutAServerItIsMadeListedRestoredAndDeleted() throws IOException {
    var data = dir.resolve("data").toString();
    assertEquals(0, run("snapshot", "list", data));
    assertTrue(out.toString().startsWith("There are no snapshots of "), out.toString());
    assertEquals(0, run("snapshot", "create", data, "one"), err.toString());
    assertTrue(out.toString().startsWith("Snapshot one: 0 blobs of 0 B"), out.toString());
    assertEquals(0, run("snapshot", "list", data));
    assertTrue(out.toString().lines().toList().get(1).startsWith("one   "), out.toString());

    var copy = dir.resolve("data/snapshots/one").toString();
    assertEquals(0, run("verify", copy), err.toString());
    assertEquals(1, run("server", copy, "--address", "127.0.0.1:0"));
    assertTrue(err.toString().contains("coffer snapshot restore"), err.toString());
    assertEquals(0, run("snapshot", "restore", copy, dir.resolve("new").toString()));
    assertEquals(0, run("snapshot", "restore", data, "one", dir.resolve("other").toString()));
    assertEquals(1, run("snapshot", "restore", data, "one", dir.resolve("other").toString()));
    assertTrue(err.toString().contains("not an empty directory"), err.toString());

    assertEquals(0, run("snapshot", "delete", data, "one"));
    assertEquals("Deleted snapshot one.\n", out.toString());
    try (var entries = Files.list(dir.resolve("data/snapshots"))) {
      assertEquals(0, entries.count());
    }
    FilesStorage.open(dir.resolve("new"), FilesSettings.defaults()).close();
  }
}
