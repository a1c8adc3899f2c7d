package io.coffer.conformance.world;

import io.coffer.conformance.world.Op.Bytes;
import io.coffer.conformance.world.Op.Condition;
import io.coffer.conformance.world.Op.Version;
import io.coffer.conformance.world.Op.Where;
import io.coffer.storage.Verdict;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens what a crash left, and says what is wrong with it: everything acknowledged has to be there
 * and exact, the step that was under way whole or not at all; when the work behind the requests is
 * done there are no bytes that nothing refers to; and the store goes on.
 */
final class Recovery {
  private static final int BEHIND_ALL_STEPS = 1_000_000;
  private static final int FRAMES = 12;
  private static final long HOUR_MILLIS = 3_600_000;

  /** A large and a small object. */
  private static final List<Bytes> BODIES = List.of(new Bytes(1, 70_000), new Bytes(2, 100));

  private final DiskWorld world;
  private final SimulatedDisk disk;
  private final Names names;
  private final IntSupplier now;
  private final List<Expectation> allowed;
  private @Nullable Expectation met;
  private int metAt = Integer.MAX_VALUE;
  private int wentOnAt = Integer.MAX_VALUE;
  private int backAt = Integer.MAX_VALUE;

  /**
   * @param world over the disk that the crash left
   * @param allowed one of these has to be met
   * @param now number of the next event
   */
  Recovery(
      DiskWorld world,
      SimulatedDisk disk,
      Names names,
      List<Expectation> allowed,
      IntSupplier now) {
    this.world = world;
    this.disk = disk;
    this.names = names;
    this.allowed = allowed;
    this.now = now;
  }

  /** What was found wrong. */
  Optional<String> fault() {
    try (var site = world.open()) {
      return fault(site);
    } catch (RuntimeException e) {
      var text = new StringBuilder("it cannot be opened, used or closed: " + e);
      Arrays.stream(e.getStackTrace())
          .limit(FRAMES)
          .forEach(frame -> text.append("\n    at ").append(frame));
      return Optional.of(text.toString());
    }
  }

  /** What was found wrong in a store that was just opened. */
  Optional<String> fault(StorageSite site) {
    var client = new Client(site, world.clock(), names);
    return differs(client, "after the start")
        .or(
            () -> {
              CrashRun.settle(site);
              return differs(client, "after the work behind the requests");
            })
        .or(() -> leftBehind(site))
        .or(() -> goesOn(client))
        .or(
            () -> {
              CrashRun.settle(site);
              return differs(client, "after it went on");
            })
        .or(() -> leftBehind(site))
        .or(
            () -> {
              backAt = now.getAsInt();
              return Optional.empty();
            });
  }

  /** What the store may hold when it crashes again at an event: what was seen once stays. */
  List<Expectation> allowedAt(int event) {
    return met == null || event < metAt ? allowed : List.of(met);
  }

  /** Whether the store holds at an event what it did after the crash, and nothing of its own. */
  boolean isAsBefore(int event) {
    return event < wentOnAt || event >= backAt;
  }

  /** Holds the store against what is allowed, and then to what it met. */
  private Optional<String> differs(S3 store, String when) {
    var differences = new ArrayList<String>();
    for (var expectation : met == null ? allowed : List.of(met)) {
      var difference = expectation.differs(store);
      if (difference.isEmpty()) {
        metAt = met == null ? now.getAsInt() : metAt;
        met = expectation;
        return Optional.empty();
      }
      differences.add(difference.get());
    }
    return Optional.of(when + ": " + String.join("\n or: ", differences));
  }

  private Optional<String> leftBehind(StorageSite site) {
    var expected = Objects.requireNonNull(met, "looked at before");
    var storage = site.storage();
    var adopted = new ArrayList<Integer>();
    try (var blobs = storage.blobs(null)) {
      blobs.forEach(
          blob -> {
            if (storage.verify(blob) instanceof Verdict.Sound(long length)) {
              adopted.add((int) length);
            } else {
              adopted.add(-1);
            }
          });
    }
    adopted.sort(null);
    if (!adopted.equals(expected.pieces())) {
      return Optional.of("blobs of %s bytes, not %s".formatted(adopted, expected.pieces()));
    }
    var files = expected.filesAbove(DiskWorld.SETTINGS.inlineBytes()).size();
    var found = blobFiles(world.root(), disk);
    return found.size() == files
        ? Optional.empty()
        : Optional.of("%d files of blobs are needed, and there are %s".formatted(files, found));
  }

  private static List<Path> blobFiles(Path root, SimulatedDisk disk) {
    return disk.files().keySet().stream().filter(f -> f.startsWith(root.resolve("blobs"))).toList();
  }

  /** Writes, reads and deletes; then the store is as before. */
  private Optional<String> goesOn(S3 store) {
    wentOnAt = now.getAsInt();
    world.clock().jump(HOUR_MILLIS);
    var at = new Where("after-the-crash", "k");
    var steps = new ArrayList<Op>();
    steps.add(new Op.CreateBucket(at.bucket()));
    for (var body : BODIES) {
      steps.add(new Op.Put(at, body, new Condition.None(), ""));
      steps.add(new Op.Get(at, Version.CURRENT, null));
    }
    steps.add(new Op.Delete(at, Version.CURRENT));
    steps.add(new Op.DeleteBucket(at.bucket()));
    var reference = new Reference();
    reference.run(new Step(0, new Op.Tick(world.clock().millis() - reference.now())));
    for (int i = 0; i < steps.size(); i++) {
      var step = new Step(BEHIND_ALL_STEPS + i, steps.get(i));
      var expected = reference.run(step);
      var answered = store.run(step);
      if (!answered.equals(expected)) {
        return Optional.of(
            "it does not go on: %s\n  expected %s\n  answered %s"
                .formatted(step, expected, answered));
      }
    }
    return Optional.empty();
  }
}
