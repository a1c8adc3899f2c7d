package io.coffer.conformance.world;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.coffer.conformance.world.FaultRun.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A workload meets one fault: at any operation of the disk, or at any write of rows. */
class DiskFaultsTest {
  private static final int LENGTH = 40;
  private static final int FAULTS = 20;

  private Path place = Path.of("");

  @BeforeAll
  static void quiet() {
    Logs.quiet();
  }

  @BeforeEach
  void makePlace() throws IOException {
    place = Scratch.make();
  }

  @AfterEach
  void removePlace() throws IOException {
    Scratch.remove(place);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFaultIsAnsweredAndNothingIsLost(Fault fault) throws IOException {
    for (long seed : Seeds.of(1)) {
      var workload = Workload.of(seed, Seeds.length(LENGTH));
      int met = 0;
      int last = lastFault(workload, fault);
      var random = new Random(seed);
      int faults = Math.min(last, Integer.getInteger("coffer.faults", FAULTS));
      for (int i = 0; i < faults; i++) {
        int at = faults == last ? i + 1 : 1 + random.nextInt(last);
        met += run(workload, fault, at) ? 1 : 0;
      }
      assertTrue(met > 0, "no fault was met");
      System.out.printf("seed %d: %d of %d operations failed, %s%n", seed, met, last, fault);
    }
  }

  /** Roughly how many operations there are: the first number that is not met, in steps. */
  private int lastFault(Workload workload, Fault fault) throws IOException {
    int last = 64;
    while (last < 4_096 && run(workload, fault, last)) {
      last *= 2;
    }
    return last;
  }

  private boolean run(Workload workload, Fault fault, int at) throws IOException {
    var root = Files.createDirectories(place.resolve("data"));
    var run = new FaultRun(workload, root, fault, at);
    run.run()
        .ifPresent(
            text ->
                fail(
                    "seed %d, length %d, %s at %d%n%s%n%s"
                        .formatted(
                            workload.seed(),
                            workload.steps().size(),
                            fault,
                            at,
                            Script.of(workload.steps()),
                            text)));
    Scratch.remove(root);
    return run.injected();
  }
}
