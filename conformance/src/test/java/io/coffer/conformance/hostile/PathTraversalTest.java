package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that a program which puts them into paths would follow out of its directory. Keys are kept
 * as they are, and files are never named after them. Source: Amazon S3 User Guide, "Naming Amazon
 * S3 objects" and "General purpose bucket naming rules".
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PathTraversalTest {
  /** Large enough for a file of its own. */
  private static final String CONTENT = "escaped ".repeat(4_000);

  private static final String TREASURE = "what the server's machine keeps for itself";

  @TempDir static Path scratch;

  private Victim victim;

  @BeforeAll
  void start() throws IOException {
    Files.writeString(scratch.resolve("treasure"), TREASURE);
    victim = Victim.onFiles(Files.createDirectory(scratch.resolve("store")).resolve("data"));
  }

  @AfterAll
  void stop() {
    victim.close();
  }

  /** What is outside of the data directory, and names inside that an attack has chosen. */
  private Set<String> strangers() throws IOException {
    var data = scratch.resolve("store").resolve("data");
    try (var files = Files.walk(scratch)) {
      var found = new TreeSet<String>();
      for (var file : (Iterable<Path>) files::iterator) {
        if (!file.startsWith(data) || file.getFileName().toString().contains("escape")) {
          found.add(scratch.relativize(file).toString());
        }
      }
      return found;
    }
  }

  private void nothingEscaped() throws IOException {
    assertEquals(Set.of("", "store", "treasure"), strangers());
    assertEquals(TREASURE, Files.readString(scratch.resolve("treasure")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../escape",
        "../../escape",
        "../../../../../../../../escape",
        "%2e%2e/%2e%2e/escape",
        "..%2f..%2fescape",
        "%2e%2e%2f%2e%2e%2fescape",
        "%252e%252e%252fescape",
        "..\\..\\escape",
        "..%5c..%5cescape",
        "a/../../../escape",
        "./../escape",
        "....//....//escape",
        "..;/..;/escape",
        "/escape",
        "//escape",
        "%2fescape",
        "C:%5cescape",
        "C:/escape",
        "file:///escape",
        "~/escape",
        "$HOME/escape",
        "escape%00.txt",
        "%00escape",
        "escape%0a",
        "escape.",
        "escape::$DATA",
        "..",
        ".",
        "a/..",
        "%2e%2e",
        "CON",
        "escape/",
        "-escape"
      })
  void aKeyIsKeptAsItIs(String key) throws IOException {
    victim.put(key, CONTENT);
    assertEquals(CONTENT, victim.get(key));
    nothingEscaped();
    assertEquals(204, victim.ask("DELETE", "/loot/" + key, "").status());
    assertFalse(victim.has(key));
    nothingEscaped();
  }

  /** Whoever normalises paths takes these for one key. */
  @Test
  void keysThatAPathWouldMakeOneAreSeveral() {
    var keys = new String[] {"k", "./k", "a/../k", "/k", "k/", "k%00", "K", "%2e/k%2f"};
    for (var key : keys) {
      victim.put(key, key);
    }
    for (var key : keys) {
      assertEquals(key, victim.get(key));
    }
  }

  /** Overlong and broken UTF-8, with which filters of dots and slashes were once passed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "%c0%ae%c0%ae%c0%afescape",
        "%e0%80%aeescape",
        "%c0%80escape",
        "%fc%80%80%80%80%aeescape",
        "%ed%a0%80escape",
        "%ffescape",
        "%u002e%u002e/escape",
        "%2",
        "%zz"
      })
  void aKeyThatIsNotUtf8IsRefused(String key) throws IOException {
    var answer = victim.ask("PUT", "/loot/" + key, CONTENT);
    assertEquals(400, answer.status(), answer::toString);
    nothingEscaped();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "..",
        ".",
        "%2e%2e",
        "..%2fescape",
        "..%2f..%2fescape",
        "%2e%2e%2fescape",
        "a%2f..%2f..%2fescape",
        "..%5cescape",
        "%2fescape",
        "c%3a%5cescape",
        "escape%00",
        "escape%00.com",
        "escape%0a",
        "ESCAPE",
        "%c0%ae%c0%ae",
        "lpt1.."
      })
  void aBucketHasNoSuchName(String name) throws IOException {
    var answer = victim.ask("PUT", "/" + name, "");
    assertEquals(400, answer.status(), answer::toString);
    nothingEscaped();
    var object = victim.ask("PUT", "/" + name + "/escape", CONTENT);
    assertTrue(object.status() == 400 || object.status() == 404, object::toString);
    nothingEscaped();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/loot/../../../treasure",
        "../../treasure/x",
        "..%2f..%2ftreasure",
        "/..%2f../treasure",
        "%2e%2e/%2e%2e/treasure",
        "file:///treasure",
        "/loot/x?versionId=../../../treasure"
      })
  void nothingIsCopiedFromOutside(String source) throws IOException {
    var answer = victim.ask("PUT", "/loot/copied", "", "x-amz-copy-source", source);
    assertTrue(answer.status() == 400 || answer.status() == 404, answer::toString);
    assertFalse(victim.has("copied"));
    nothingEscaped();
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../../escape", "..%2F..%2Fescape", "%00", "%2e%2e", "a/b", "*"})
  void idsThatClientsGiveBackAreNoPaths(String id) throws IOException {
    for (var target :
        new String[] {
          "/loot/k?versionId=" + id,
          "/loot/k?uploadId=" + id,
          "/loot?list-type=2&continuation-token=" + id,
          "/loot?versions&key-marker=k&version-id-marker=" + id,
        }) {
      var answer = victim.ask("GET", target, "");
      assertTrue(answer.status() < 500, answer::toString);
      assertFalse(answer.text().contains(TREASURE), answer::toString);
    }
    var part = victim.ask("PUT", "/loot/k?partNumber=1&uploadId=" + id, CONTENT);
    assertEquals(404, part.status(), part::toString);
    nothingEscaped();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/../treasure", "/%2e%2e/treasure", "/-/../treasure", "/-/health/../../treasure"})
  void pathsOfTheServersOwnLeadNowhere(String path) throws IOException {
    var answer = victim.send(victim.head("GET", path), "");
    assertTrue(answer.status() >= 400 && answer.status() < 500, answer::toString);
    assertFalse(answer.text().contains(TREASURE), answer::toString);
    nothingEscaped();
  }
}
