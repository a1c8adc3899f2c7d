package io.coffer.storage.files;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.storage.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a crash left behind the last record of RocksDB's log does not keep the store from opening.
 */
@Timeout(value = 60, unit = SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LogTailTest {
  private static final int ROWS = 40;

  @TempDir Path directory;

  private FilesStorage open() {
    return FilesStorage.open(directory, FilesSettings.defaults().withReserveBytes(0));
  }

  private Path written() throws IOException {
    try (var storage = open()) {
      for (int i = 0; i < ROWS; i++) {
        Given.put(storage, "k" + i, "v".repeat(1_000 + i));
      }
    }
    return log();
  }

  private Path log() throws IOException {
    try (var files = Files.list(directory.resolve("rows"))) {
      return files
          .filter(file -> file.toString().endsWith(".log") && file.toFile().length() > 0)
          .findFirst()
          .orElseThrow();
    }
  }

  private void checkRows() {
    try (var storage = open()) {
      for (int i = 0; i < ROWS; i++) {
        var row = Given.row(storage, "k" + i).orElseThrow();
        assertEquals(Bytes.utf8("v".repeat(1_000 + i)), row.value());
      }
    }
  }

  private Path rows() {
    return directory.resolve("rows");
  }

  /** The types that RocksDB 10.10 looks at for ever. */
  @ParameterizedTest
  @ValueSource(ints = {5, 6, 7, 8, 11, 131})
  void garbageThatLooksLikeARecordOfARecycledLogIsCutOff(int type) throws IOException {
    var log = written();
    long sound = Files.size(log);
    var garbage = Given.randomBytes(300);
    garbage[6] = (byte) type;
    Files.write(log, garbage, StandardOpenOption.APPEND);

    assertEquals(Optional.of(log), LogTail.mend(rows()));
    assertEquals(sound, Files.size(log));
    checkRows();
  }

  @Test
  void soIsGarbageInALaterBlockThanWhereTheSoundRecordsEnd() throws IOException {
    var log = written();
    long sound = Files.size(log);
    int block = 32 << 10;
    var garbage = new byte[(int) (block - sound % block) + 500];
    garbage[garbage.length - 500 + 6] = 6;
    Files.write(log, garbage, StandardOpenOption.APPEND);

    assertEquals(Optional.of(log), LogTail.mend(rows()));
    assertEquals(sound, Files.size(log));
    checkRows();
  }

  @Test
  void whatRocksDbCanReadIsLeftToIt() throws IOException {
    var log = written();
    var whole = Files.readAllBytes(log);
    assertEquals(Optional.empty(), LogTail.mend(rows()));
    var random = new Random(7);
    for (int i = 0; i < 50; i++) {
      Files.write(log, Arrays.copyOf(whole, random.nextInt(whole.length + 1)));
      assertEquals(Optional.empty(), LogTail.mend(rows()));
    }
    Files.write(log, Arrays.copyOf(whole, whole.length + 100_000));
    assertEquals(Optional.empty(), LogTail.mend(rows()), "zeros");
    checkRows();
  }

  /** Where garbage is not cut off RocksDB has to come to an end by itself. */
  @Test
  void garbageOfAnySortIsCutOffOrRead() throws IOException {
    var log = written();
    var whole = Files.readAllBytes(log);
    int cut = 0;
    for (int seed = 0; seed < 60; seed++) {
      var name = log.getFileName().toString();
      var place = Files.createDirectories(directory.resolve("copy-" + seed));
      var torn = Arrays.copyOf(whole, whole.length + 70_000);
      var garbage = new byte[70_000];
      var random = new Random(seed);
      random.nextBytes(garbage);
      garbage[6] = (byte) random.nextInt(12);
      System.arraycopy(garbage, 0, torn, whole.length, garbage.length);
      Files.write(place.resolve(name), torn);
      cut += LogTail.mend(place).isPresent() ? 1 : 0;
    }
    assertTrue(cut > 0 && cut < 60, "cut off " + cut + " of 60");
  }

  @Test
  void whereNothingIsThereIsNothingToMend() throws IOException {
    assertEquals(Optional.empty(), LogTail.mend(directory.resolve("rows")));
  }
}
