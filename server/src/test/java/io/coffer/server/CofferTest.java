package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that end on their own. */
class CofferTest {
  @TempDir Path dir;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> environment, String... args) {
    return Coffer.run(args, environment, new PrintWriter(out), new PrintWriter(err));
  }

  private void assertRefused(int status, String expected, String... args) {
    assertEquals(status, run(Map.of(), args), err.toString());
    var lines = err.toString().lines().toList();
    assertTrue(lines.getFirst().startsWith("coffer: "), err.toString());
    assertTrue(lines.getFirst().contains(expected), err.toString());
    assertTrue(lines.size() <= 2, err.toString());
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @EnumSource(Setting.class)
  void theHelpOfServerHasEverySetting(Setting setting) {
    assertEquals(0, run(Map.of(), "server", "--help"));
    var ending = setting.isSwitch() ? "" : "=" + setting.parameter();
    assertTrue(out.toString().contains(" " + setting.flag() + ending));
    assertEquals("", err.toString());
  }

  @Test
  void theHelpTeachesByExamples() {
    assertEquals(0, run(Map.of(), "--help"));
    assertTrue(out.toString().contains("coffer server ./data"), out.toString());
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 100));
  }

  @Test
  void noCommandShowsTheHelp() {
    assertEquals(2, run(Map.of()));
    assertTrue(out.toString().startsWith("Usage: coffer"));
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertEquals(0, run(Map.of(), "version"));
    assertTrue(
        out.toString().matches("coffer \\d+\\.\\d+\\.\\d+\\S*, Java \\S+\\R"), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nope | nope",
        "server --nope --memory | --nope",
        "server | Give the data directory",
        "server data --memory | not both",
        "server one two | two",
        "server --memory --region a --region b | --region can be given once only",
        "server --memory --address 9000 | --address (COFFER_ADDRESS) must be HOST:PORT",
        "server --memory --log-format xml | --log-format (COFFER_LOG_FORMAT) must be text or json",
        "server --memory --config /nowhere/at-all | there is no /nowhere/at-all",
        "server --memory --bootstrap /nowhere/at-all | there is no /nowhere/at-all"
      })
  void wrongUsageIsOneSentenceAndStatusTwo(String args, String expected) {
    assertRefused(2, expected, args.split(" ", -1));
  }

  @Test
  void aWrongVariableIsOneSentenceAsWell() {
    assertEquals(2, run(Map.of("COFFER_ADDRESS", "nowhere"), "server", "--memory"));
    assertTrue(err.toString().contains("COFFER_ADDRESS"), err.toString());
  }

  @Test
  void aTakenPortSaysWhatToDo() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      var address = "127.0.0.1:" + taken.getLocalPort();
      assertRefused(1, address + ": the port is taken", "server", "--memory", "--address", address);
      assertTrue(err.toString().contains("--address."), err.toString());
    }
  }

  @Test
  void aDirectoryThatIsAFileIsNamed() throws IOException {
    var file = Files.writeString(dir.resolve("file"), "text");
    assertRefused(1, file.toString(), "server", file.toString(), "--address", "127.0.0.1:0");
  }

  @Test
  void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
    Files.writeString(dir.resolve("thesis.txt"), "text");
    assertRefused(1, "thesis.txt", "server", dir.toString(), "--address", "127.0.0.1:0");
    try (var entries = Files.list(dir)) {
      assertEquals(1, entries.count());
    }
  }

  @Test
  void aDirectoryInUseSaysByWhom() {
    var data = dir.resolve("data");
    try (var server = CofferServer.start(ServerOptions.inMemory().withDirectory(data))) {
      assertRefused(1, "in use", "server", data.toString(), "--address", "127.0.0.1:0");
      assertFalse(server.rootCredential().accessKeyId().isEmpty());
    }
  }

  @Test
  void aFullDiskIsNamed() {
    assertRefused(
        1,
        "free some space",
        "server",
        dir.resolve("data").toString(),
        "--disk-reserve",
        Integer.toString(Integer.MAX_VALUE));
  }

  @Test
  void thoseWhoDebugSeeWhereAnErrorCameFrom() throws IOException {
    var file = Files.writeString(dir.resolve("file"), "text");
    assertEquals(1, run(Map.of("COFFER_DEBUG", "1"), "server", file.toString()));
    assertTrue(err.toString().contains("\tat io.coffer."), err.toString());
  }
}
