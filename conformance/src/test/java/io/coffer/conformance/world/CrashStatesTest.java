package io.coffer.conformance.world;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.coffer.conformance.world.Op.Bytes;
import io.coffer.conformance.world.Op.Condition;
import io.coffer.conformance.world.Op.Where;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A workload stops at every operation of the disk and at every write of rows; what a crash could
 * have left there is opened, and has to hold what was acknowledged. {@code
 * conformance/crash-states} runs this for longer.
 */
class CrashStatesTest {
  private static final int SEEDS = 2;
  private static final int LENGTH = 60;

  /** Opening one takes some 30 ms of a core. */
  private static final int STATES = 120;

  private static final int FIRST_STATES = 12;
  private static final int SECOND_STATES = 4;

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

  @FunctionalInterface
  private interface Look {
    Optional<String> at(CrashTrial trial, CrashState state) throws IOException;
  }

  private void forSeeds(int count, Look look) throws IOException {
    var one = Integer.getInteger("coffer.state");
    for (long seed : Seeds.of(SEEDS)) {
      var here = place.resolve("seed-" + seed);
      var workload = Workload.of(seed, Seeds.length(LENGTH));
      var run = CrashRun.of(workload, here, disk -> disk);
      var trial = new CrashTrial(run, here);
      var all = trial.states();
      var states = one == null ? CrashTrial.some(all, count, seed) : List.of(trial.state(one));
      for (var state : states) {
        look.at(trial, state).ifPresent(fault -> report(run, state, fault));
      }
      System.out.printf(
          "seed %d: %d events, %d crash states, %d opened%n",
          seed, run.events().size(), all.size(), trial.opened());
      Scratch.remove(here);
    }
  }

  private static void report(CrashRun run, CrashState state, String fault) {
    var workload = run.workload();
    int until = Math.min(state.event().acknowledged() + 1, workload.steps().size());
    fail(
        "seed %d (replay with conformance/crash-states --seed %d --length %d --state %d)%n%s%n%s"
            .formatted(
                workload.seed(),
                workload.seed(),
                workload.steps().size(),
                state.number(),
                Script.of(workload.steps().subList(0, until)),
                fault));
  }

  @Test
  void everyCrashLeavesWhatWasAcknowledged() throws IOException {
    forSeeds(Integer.getInteger("coffer.states", STATES), CrashTrial::fault);
  }

  @Test
  void aSecondCrashDuringRecoveryDoesNoHarm() throws IOException {
    int second = Integer.getInteger("coffer.second", SECOND_STATES);
    forSeeds(
        Integer.getInteger("coffer.firsts", FIRST_STATES),
        // Every third time the process ends first, and then the machine.
        (trial, state) -> trial.secondFault(state, state.number() % 3 == 0, second));
  }

  /** A put of a large object and of a small one. */
  private static Workload twoPuts() {
    var steps = new ArrayList<Step>();
    steps.add(new Step(0, new Op.CreateBucket("first")));
    for (int length : new int[] {70_000, 100}) {
      var at = new Where("first", "k" + length);
      var put = new Op.Put(at, new Bytes(length, length), new Condition.None(), "");
      steps.add(new Step(steps.size(), put));
    }
    return new Workload(1, steps);
  }

  private Optional<String> firstFault(CrashRun.Between between) throws IOException {
    var run = CrashRun.of(twoPuts(), place, between);
    var trial = new CrashTrial(run, place);
    for (var state : trial.states()) {
      var fault = trial.fault(state);
      if (fault.isPresent()) {
        return fault;
      }
    }
    return Optional.empty();
  }

  @Test
  void aSoundDiskPassesWhereTheBrokenOnesDoNot() throws IOException {
    firstFault(disk -> disk).ifPresent(fault -> fail(fault));
  }

  @Test
  void aDiskThatDoesNotSyncFilesIsCaught() throws IOException {
    assertTrue(firstFault(Broken.files()).isPresent());
  }

  @Test
  void aDiskThatDoesNotSyncDirectoriesIsCaught() throws IOException {
    assertTrue(firstFault(Broken.directories()).isPresent());
  }

  @Test
  void rowsThatAreWrittenBeforeTheirBytesAreSyncedAreCaught() throws IOException {
    var fault = firstFault(Broken.late());
    assertTrue(fault.isPresent());
    assertTrue(fault.get().contains("ROWS_BEFORE"), () -> "at the very write:\n" + fault.get());
  }
}
