package io.coffer.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Assertions;

/**
 * The short run of a fuzz target in the build: its seeds, then what a {@link Mutator} makes of them
 * for a bounded time. Long runs, led by coverage, are those of {@code conformance/fuzz}. The system
 * properties {@code coffer.fuzz.seed} and {@code coffer.fuzz.millis} repeat a run and make it
 * longer.
 */
public final class Fuzzing {
  private static final int RUNS = 20_000;
  private static final long SLOW_NANOS = 10_000_000_000L;

  /** What is fuzzed: whatever it throws is a finding. */
  @FunctionalInterface
  public interface Target {
    void run(byte[] input) throws Exception;
  }

  private final String name;
  private final Target target;

  private Fuzzing(String name, Target target) {
    this.name = name;
    this.target = target;
  }

  /**
   * Runs a target.
   *
   * @param name of the folder of its seeds, in the resources below {@code fuzz}
   */
  public static void check(String name, Target target) {
    new Fuzzing(name, target).check();
  }

  private void check() {
    var seeds = seeds();
    Assertions.assertFalse(seeds.isEmpty(), "no seeds");
    attempt(new byte[0], "empty input");
    for (var seed : seeds) {
      attempt(seed, "a seed");
    }
    long seed = Long.getLong("coffer.fuzz.seed", System.nanoTime());
    System.out.println(name + ": seed " + seed);
    var mutator = new Mutator(new Random(seed), seeds);
    long end = System.nanoTime() + Long.getLong("coffer.fuzz.millis", 300) * 1_000_000;
    for (int i = 0; i < RUNS && System.nanoTime() < end; i++) {
      attempt(mutator.next(), "-Dcoffer.fuzz.seed=" + seed);
    }
  }

  private List<byte[]> seeds() {
    var folder = Thread.currentThread().getContextClassLoader().getResource("fuzz/" + name);
    try (var files = Files.list(Path.of(Objects.requireNonNull(folder, name).toURI()))) {
      var seeds = new ArrayList<byte[]>();
      for (var file : (Iterable<Path>) files.sorted()::iterator) {
        seeds.add(Files.readAllBytes(file));
      }
      return seeds;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private void attempt(byte[] input, String origin) {
    long start = System.nanoTime();
    try {
      target.run(input.clone());
    } catch (Exception | AssertionError | StackOverflowError e) {
      throw new AssertionError(finding(input, origin), e);
    }
    if (System.nanoTime() - start > SLOW_NANOS) {
      throw new AssertionError("slow: " + finding(input, origin));
    }
  }

  private String finding(byte[] input, String origin) {
    var file =
        Path.of("target", "fuzz-" + name + "-" + Integer.toHexString(Arrays.hashCode(input)));
    try {
      Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var text = new String(input, StandardCharsets.ISO_8859_1);
    return "%s (%s): %s is to be kept as a seed: %s"
        .formatted(name, origin, file, text.substring(0, Math.min(500, text.length())));
  }
}
