package io.coffer.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A timed window of requests at one endpoint.
 *
 * @param length after which no further request is sent
 * @param patience after which the window is given up
 */
record Window(Duration length, Duration patience) {
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** So long, and then a while for the last answers. */
  static Window of(double seconds) {
    var length = Duration.ofNanos((long) (seconds * 1e9));
    return new Window(length, length.plus(GRACE));
  }

  /** Until the jobs have no more requests. */
  static Window untilDone(Duration patience) {
    return new Window(patience, patience);
  }

  /**
   * Runs each job on a connection and a thread of its own and says what came of it.
   *
   * @throws IOException if the server's process cannot be read, or the server stopped answering
   */
  Round run(Endpoint endpoint, Content content, List<? extends Job> jobs)
      throws IOException, InterruptedException {
    var begin = new AtomicLong();
    var start = new CyclicBarrier(jobs.size(), () -> begin.set(System.nanoTime()));
    var workers = new ArrayList<Worker>();
    for (Job job : jobs) {
      workers.add(new Worker(endpoint, content, job, start, length.toNanos()));
    }
    ProcessUsage before = ProcessUsage.of(endpoint.pid());
    try (ExecutorService threads = Executors.newFixedThreadPool(jobs.size())) {
      var futures = threads.invokeAll(workers, patience.toSeconds(), TimeUnit.SECONDS);
      long end = System.nanoTime();
      ProcessUsage after = ProcessUsage.of(endpoint.pid());
      var tallies = new ArrayList<Tally>();
      for (var future : futures) {
        tallies.add(future.get());
      }
      return Round.of(tallies, (end - begin.get()) / 1e9, before, after);
    } catch (CancellationException e) {
      throw new IOException(endpoint + " was not done within " + patience.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(endpoint + ": " + e.getCause(), e);
    }
  }
}
