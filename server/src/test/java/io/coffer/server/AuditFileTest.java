package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditFileTest {
  private static final int LINE_BYTES = 10;

  @TempDir Path dir;

  private final AuditCounts counts = new AuditCounts();

  private Path file() {
    return dir.resolve("audit.log");
  }

  private static String line(int number) {
    return "%09d\n".formatted(number);
  }

  private void write(AuditFile sink, int from, int to) {
    for (int i = from; i < to; i++) {
      sink.write(line(i));
    }
  }

  private static String lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(AuditFileTest::line).reduce("", String::concat);
  }

  private static void assertContent(String expected, Path file) throws IOException {
    assertEquals(expected, Files.readString(file), file.toString());
  }

  @Test
  void linesAreAppendedAlsoAfterARestart() throws IOException {
    for (int start = 0; start < 3; start++) {
      try (var sink = AuditFile.open(file(), 1_000, 1, counts)) {
        write(sink, start * 2, start * 2 + 2);
      }
    }
    assertContent(lines(0, 6), file());
    assertEquals(6, counts.written());
    var permissions = Files.getPosixFilePermissions(file());
    assertEquals("rw-------", PosixFilePermissions.toString(permissions));
  }

  @Test
  void fullFilesArePutAsideAndTheOldestGoes() throws IOException {
    try (var sink = AuditFile.open(file(), 3 * LINE_BYTES, 2, counts)) {
      write(sink, 0, 11);
    }
    assertContent(lines(9, 11), file());
    assertContent(lines(6, 9), dir.resolve("audit.log.1"));
    assertContent(lines(3, 6), dir.resolve("audit.log.2"));
    assertFalse(Files.exists(dir.resolve("audit.log.3")));
    assertEquals(11, counts.written());
  }

  @Test
  void aLineThatIsLongerThanAFileMayBeIsWrittenNonetheless() throws IOException {
    try (var sink = AuditFile.open(file(), 5, 1, counts)) {
      write(sink, 0, 2);
    }
    assertContent(lines(1, 2), file());
    assertContent(lines(0, 1), dir.resolve("audit.log.1"));
  }

  @Test
  void aLineThatACrashCutOffStaysOnALineOfItsOwn() throws IOException {
    Files.writeString(file(), "half a li");
    try (var sink = AuditFile.open(file(), 1_000, 1, counts)) {
      write(sink, 0, 1);
    }
    assertContent("half a li\n" + line(0), file());
  }

  @Test
  void linesOfManyThreadsAreAllThereAndWhole() throws Exception {
    try (var sink = AuditFile.open(file(), 100 * LINE_BYTES, 1_000, counts);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int t = 0; t < 8; t++) {
        int from = t * 1_000;
        threads.submit(() -> write(sink, from, from + 1_000));
      }
    }
    try (var files = Files.list(dir)) {
      var found =
          files.flatMap(file -> lines(file).stream()).map(Integer::parseInt).sorted().toList();
      assertEquals(IntStream.range(0, 8_000).boxed().toList(), found);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anInterruptedThreadWritesItsLine() throws IOException {
    try (var sink = AuditFile.open(file(), 1_000, 1, counts)) {
      Thread.currentThread().interrupt();
      write(sink, 0, 1);
      assertTrue(Thread.interrupted());
      write(sink, 1, 2);
    }
    assertContent(lines(0, 2), file());
  }

  @Test
  void aFileThatCannotBeOpenedIsSaidAtTheStart() {
    var missing = dir.resolve("none").resolve("audit.log");
    assertThrows(IOException.class, () -> AuditFile.open(missing, 1_000, 1, counts));
    var failure =
        assertThrows(UsageException.class, () -> AuditLog.open(AuditOptions.in(missing, 1_000, 1)));
    assertTrue(String.valueOf(failure.getMessage()).contains("--audit-log"), failure.getMessage());
  }

  @Test
  void whatCannotBeWrittenIsCountedAndLaterLinesAreWrittenAgain() throws IOException {
    var full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that is always full is Linux's");
    Files.createSymbolicLink(file(), full);
    try (var sink = AuditFile.open(file(), 1_000, 1, counts)) {
      write(sink, 0, 3);
      assertEquals(3, counts.lost());
      assertEquals(0, counts.written());
      Files.delete(file());
      write(sink, 3, 5);
    }
    assertContent(lines(3, 5), file());
    assertEquals(2, counts.written());
  }

  @Test
  void whatCannotBePutAsideIsGoneOnWith() throws IOException {
    var inTheWay = Files.createDirectory(dir.resolve("audit.log.1"));
    Files.createFile(inTheWay.resolve("file"));
    try (var sink = AuditFile.open(file(), 2 * LINE_BYTES, 1, counts)) {
      write(sink, 0, 5);
    }
    assertContent(lines(0, 5), file());
    assertEquals(0, counts.lost());
  }

  @Test
  void whatIsNoFileStaysWhereItIs() throws IOException {
    var target = Files.createFile(dir.resolve("target"));
    Files.createSymbolicLink(file(), target);
    try (var sink = AuditFile.open(file(), LINE_BYTES, 1, counts)) {
      write(sink, 0, 5);
    }
    assertContent(lines(0, 5), target);
    assertTrue(Files.isSymbolicLink(file()));
  }

  @Test
  void afterTheEndLinesAreLost() throws IOException {
    var sink = AuditFile.open(file(), 1_000, 1, counts);
    sink.close();
    write(sink, 0, 1);
    assertEquals(1, counts.lost());
    assertContent("", file());
  }
}
