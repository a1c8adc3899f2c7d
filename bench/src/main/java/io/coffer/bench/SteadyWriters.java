package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * Connections that put new objects, one after another, and note how long each took: the longest of
 * them is how long something else made a writer wait. A tenth are large.
 */
final class SteadyWriters implements Closeable {
  private static final int LARGE_EVERY = 10;

  /** What one writer did. */
  private static final class Writer {
    private final List<Put> puts = new ArrayList<>();
    private volatile int acknowledged;
  }

  /** One request, by {@link System#nanoTime}. */
  private record Put(long begin, long end) {}

  private final long smallBytes;
  private final long largeBytes;
  private final ExecutorService threads;
  private final List<Writer> writers = new ArrayList<>();
  private final List<Future<?>> running = new ArrayList<>();
  private volatile boolean ending;

  SteadyWriters(Supplier<Bucket> buckets, int count, long smallBytes, long largeBytes) {
    this.smallBytes = smallBytes;
    this.largeBytes = largeBytes;
    threads = Executors.newFixedThreadPool(count);
    for (int i = 0; i < count; i++) {
      var writer = new Writer();
      int number = i;
      writers.add(writer);
      running.add(threads.submit(() -> run(writer, number, buckets.get())));
    }
  }

  private Void run(Writer writer, int number, Bucket bucket) throws IOException {
    try (bucket) {
      for (int i = 0; !ending; i++) {
        long begin = System.nanoTime();
        bucket.put(key(number, i), bytes(i));
        writer.puts.add(new Put(begin, System.nanoTime()));
        writer.acknowledged = i + 1;
      }
    }
    return null;
  }

  private static String key(int writer, int number) {
    return "during/" + writer + "/" + number;
  }

  private long bytes(int number) {
    return number % LARGE_EVERY == 0 ? largeBytes : smallBytes;
  }

  /** How many puts of each writer were answered by now. */
  List<Integer> acknowledged() {
    return writers.stream().map(writer -> writer.acknowledged).toList();
  }

  /**
   * Downloads and compares what the first puts of each writer made.
   *
   * @return how many
   */
  long check(Bucket bucket, List<Integer> counts) throws IOException {
    long checked = 0;
    for (int writer = 0; writer < counts.size(); writer++) {
      for (int i = 0; i < counts.get(writer); i++) {
        bucket.check(key(writer, i), bytes(i));
        checked++;
      }
    }
    return checked;
  }

  /**
   * Microseconds of the puts that were under way in a span of time, which is over; to be asked when
   * the writers have ended.
   */
  Histogram between(long begin, long end) {
    var micros = new Histogram(3);
    for (var writer : writers) {
      for (var put : writer.puts) {
        if (put.end() >= begin && put.begin() <= end) {
          micros.recordValue((put.end() - put.begin()) / 1_000);
        }
      }
    }
    return micros;
  }

  /**
   * Waits for the last puts.
   *
   * @throws IOException one failed
   */
  void end() throws IOException, InterruptedException {
    ending = true;
    try {
      for (var one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("a writer failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    ending = true;
    threads.shutdown();
    try {
      threads.awaitTermination(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
