package io.coffer.bench;

import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/authorize}: the time and the garbage of one decision. */
@Command(
    name = "authorize",
    showDefaultValues = true,
    mixinStandardHelpOptions = true,
    description = {
      "Measures with JMH what the policy evaluator takes for a request with 10 policies of 10"
          + " statements, and with a bucket policy: microseconds, and bytes of garbage, a decision."
    })
final class AuthorizeCommand implements Callable<Integer> {
  @Option(names = "--forks", description = "virtual machines, one behind the other")
  private int forks = 3;

  @Option(names = "--warmup", description = "windows of a second before those that count")
  private int warmup = 5;

  @Option(names = "--windows", description = "windows of a second that count, in each fork")
  private int windows = 5;

  @Override
  public Integer call() throws RunnerException {
    var options =
        new OptionsBuilder()
            .include(AuthorizeBenchmark.class.getSimpleName())
            .forks(forks)
            .warmupIterations(warmup)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(windows)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .build();
    new Runner(options).run();
    return 0;
  }
}
