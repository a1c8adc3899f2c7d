package io.coffer.conformance.world;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.coffer.storage.Durability;
import io.coffer.storage.files.RowsWatcher;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a failure of the machine may take from a store that answers before it syncs: the last
 * answers since it last made all durable, from the newest backwards; or the bytes of what those
 * wrote to files of their own, which then say that they are damaged. Never anything else.
 */
class LateCrashTest {
  private static final List<Durability> LATER =
      List.of(Durability.RELAXED, new Durability.Group(Duration.ofMillis(50)));

  private static final int LENGTH = 60;
  private static final int STATES = 80;
  private static final int SETTLES_EVERY = 6;

  private Path place = Path.of("");
  private int lost;
  private int damaged;

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

  /**
   * A run, and from which of its events on how many steps are durable.
   *
   * @param floors number of the event to number of steps
   */
  private record LateRun(CrashRun run, NavigableMap<Integer, Integer> floors) {
    int floor(CrashState state) {
      return floors.floorEntry(state.event().index()).getValue();
    }
  }

  private LateRun run(Workload workload, Durability durability) throws IOException {
    var root = Files.createDirectories(place.resolve("data"));
    var disk = new SimulatedDisk(root);
    var vault = new RowsVault(place.resolve("vault"));
    var recorder = new Recorder(disk, vault, root.resolve("rows"), () -> {});
    var names = new Names();
    var clock = new SettableClock();
    var reference = new Reference();
    var expected = new ArrayList<>(List.of(Expectation.of(reference)));
    var floors = new TreeMap<>(Map.of(0, 0));
    var world = new DiskWorld(root, disk, recorder, clock, workload.seed());
    try (var site = world.open(durability)) {
      recorder.note("opened");
      var client = new Client(site, clock, names);
      for (var step : workload.steps()) {
        recorder.begin(step.toString());
        CrashRun.check(step, reference.run(step), client.run(step));
        recorder.acknowledge(step.toString());
        expected.add(Expectation.of(reference));
        boolean settles = expected.size() % SETTLES_EVERY == 0;
        if (settles) {
          CrashRun.settle(site);
        }
        if (settles || step.op() instanceof Op.Restart) {
          floors.put(recorder.events().size(), expected.size() - 1);
        }
      }
    }
    Scratch.remove(root);
    var run = new CrashRun(workload, disk, names, recorder.events(), expected);
    return new LateRun(run, floors);
  }

  @ParameterizedTest
  @FieldSource("LATER")
  void aCrashTakesTheLastAnswersAndNothingElse(Durability durability) throws IOException {
    for (long seed : Seeds.of(2)) {
      var late = run(Workload.of(seed, Seeds.length(LENGTH)), durability);
      var trial = new CrashTrial(late.run(), place);
      var states =
          CrashTrial.some(trial.states(), Integer.getInteger("coffer.states", STATES), seed);
      for (var state : states) {
        var fault = fault(late, trial, state);
        if (fault.isPresent()) {
          fail("seed %d, %s, %s%n%s".formatted(seed, durability, state, fault.get()));
        }
      }
      Scratch.remove(place);
    }
    assertTrue(lost > 0, "no crash took an answer: nothing was tried");
    assertTrue(damaged > 0, "no crash took bytes: nothing was tried");
  }

  private Optional<String> fault(LateRun late, CrashTrial trial, CrashState state)
      throws IOException {
    var run = late.run();
    var root = trial.restore(state);
    var disk = state.fresh().disk(run.disk());
    long seed = run.workload().seed() * 31 + 7;
    var world = new DiskWorld(root, disk, RowsWatcher.NONE, new SettableClock(), seed);
    try (var site = world.open()) {
      var client = new Client(site, world.clock(), run.names());
      var met = met(late, state, client);
      if (met.isEmpty()) {
        return Optional.of("no state after %d steps or more is met".formatted(late.floor(state)));
      }
      CrashRun.settle(site);
      var durable = run.expected().get(late.floor(state));
      return difference(run.expected().get(met.get()), durable, client)
          .map(difference -> "after the work behind the requests: " + difference);
    } catch (RuntimeException e) {
      return Optional.of("it cannot be opened, used or closed: " + e);
    }
  }

  /** After how many steps the store is as it is found, the most there may be. */
  private Optional<Integer> met(LateRun late, CrashState state, S3 store) {
    int acknowledged = state.event().acknowledged();
    int most = state.event().flying() ? acknowledged + 1 : acknowledged;
    var expected = late.run().expected();
    var durable = expected.get(late.floor(state));
    for (int steps = most; steps >= late.floor(state); steps--) {
      if (difference(expected.get(steps), durable, store).isEmpty()) {
        lost += steps < acknowledged ? 1 : 0;
        return Optional.of(steps);
      }
    }
    return Optional.empty();
  }

  /** How a store differs; it need not have the bytes of what was not there when it was durable. */
  private Optional<String> difference(Expectation expected, Expectation durable, S3 store) {
    var before = new HashMap<Op, String>();
    for (int i = 0; i < durable.steps().size(); i++) {
      before.put(durable.steps().get(i).op(), durable.answers().get(i));
    }
    int broken = 0;
    for (int i = 0; i < expected.steps().size(); i++) {
      var step = expected.steps().get(i);
      var wanted = expected.answers().get(i);
      var answer = store.run(step);
      boolean isNew = !wanted.equals(before.get(step.op()));
      boolean hasFile = expected.largest().get(i) > DiskWorld.SETTINGS.inlineBytes();
      if (isNew && hasFile && answer.startsWith("500 InternalError")) {
        broken++;
      } else if (!answer.equals(wanted)) {
        return Optional.of(
            "%s%n  expected %s%n  answered %s".formatted(Script.line(step.op()), wanted, answer));
      }
    }
    damaged += broken;
    return Optional.empty();
  }
}
