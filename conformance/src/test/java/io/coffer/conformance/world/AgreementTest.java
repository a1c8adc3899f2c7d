package io.coffer.conformance.world;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.coffer.conformance.world.Agreement.Disagreement;
import io.coffer.storage.Storage;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random workloads: what the service answers over each backend is what S3 is documented to. */
class AgreementTest {
  private static final int SEEDS = 24;
  private static final int LENGTH = 150;

  private Path directory = Path.of("");
  private int opened;

  @BeforeEach
  void makeDirectory() throws IOException {
    directory = Scratch.make();
  }

  @AfterEach
  void removeDirectory() throws IOException {
    Scratch.remove(directory);
  }

  private static Optional<Disagreement> run(
      Workload workload, List<Step> steps, Storage storage, UnaryOperator<Storage> reopen) {
    var clock = new SettableClock();
    try (var site = new StorageSite(storage, clock, workload.seed(), reopen)) {
      return Agreement.of(steps, new Client(site, clock, new Names()));
    }
  }

  private static Optional<Disagreement> overMemory(Workload workload, List<Step> steps) {
    return run(workload, steps, MemoryStorage.create(), same -> same);
  }

  private Optional<Disagreement> overFiles(Workload workload, List<Step> steps) {
    var at = directory.resolve("data-" + opened++);
    var settings = FilesSettings.defaults().withReserveBytes(0);
    return run(
        workload,
        steps,
        FilesStorage.open(at, settings),
        storage -> {
          storage.close();
          return FilesStorage.open(at, settings);
        });
  }

  private static void check(
      int seeds, BiFunction<Workload, List<Step>, Optional<Disagreement>> run) {
    for (long seed : Seeds.of(seeds)) {
      var workload = Workload.of(seed, Seeds.length(LENGTH));
      if (run.apply(workload, workload.steps()).isPresent()) {
        fail(Agreement.report(workload, run));
      }
    }
  }

  @Test
  void memoryAnswersAsDocumented() {
    check(SEEDS, AgreementTest::overMemory);
  }

  @Test
  void filesAnswerAsDocumented() {
    check(SEEDS / 4, this::overFiles);
  }

  /** A storage that keeps what one of its batches should delete: found, and by few steps. */
  @Test
  void aForgottenDeleteIsFoundAndShrunk() {
    BiFunction<Workload, List<Step>, Optional<Disagreement>> run =
        (workload, steps) ->
            run(workload, steps, Forgetful.over(MemoryStorage.create()), same -> same);
    for (long seed = 1; seed < 100; seed++) {
      var workload = Workload.of(seed, LENGTH);
      if (run.apply(workload, workload.steps()).isPresent()) {
        var shortest =
            new Shrinker(2_000)
                .shrink(workload.steps(), steps -> run.apply(workload, steps).isPresent());
        assertTrue(shortest.size() <= 4, () -> "not short:\n" + Script.of(shortest));
        return;
      }
    }
    fail("no workload notices that deletes are forgotten");
  }
}
