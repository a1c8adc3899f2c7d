package io.coffer.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Supplier;

/** What {@code bench/million} asks of a filled bucket. */
enum MillionWork {
  /** All keys, page by page, by one connection: as many laps as take a while. */
  WHOLE(false),
  /** Each connection walks from a place of its own to the end, then from the beginning. */
  FLAT(true),
  /** The same with the delimiter: pages of common prefixes. */
  DELIMITER(true),
  /** The first page below a prefix. */
  PREFIX(true),
  FIRST(false),
  /** The page of {@code --page}, or the last one. */
  DEEP(false),
  HEAD(true),
  GET(true);

  private static final long ENTRIES_OF_WHOLE = 50_000;
  private static final int RANDOM_KEYS = 32_768;
  private static final Duration PATIENCE = Duration.ofHours(1);

  private final boolean manyConnections;

  MillionWork(boolean manyConnections) {
    this.manyConnections = manyConnections;
  }

  /**
   * By its name in lower case.
   *
   * @throws IllegalArgumentException with those that there are
   */
  static MillionWork parse(String text) {
    return Arrays.stream(values())
        .filter(work -> work.title().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--work takes "
                        + String.join(
                            ", ", Arrays.stream(values()).map(MillionWork::title).toList())
                        + "; not '"
                        + text
                        + "'"));
  }

  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is measured with each of the numbers of connections, or with one only. */
  boolean manyConnections() {
    return manyConnections;
  }

  /** Whether a window ends when this is through, not after its time. */
  private boolean endsItself() {
    return this == WHOLE;
  }

  /**
   * One window.
   *
   * @param deep number of the page that is far from the beginning, from 1
   * @param seed of the random keys
   */
  Round run(FilledBucket bucket, int connections, double seconds, long deep, long seed)
      throws IOException, InterruptedException {
    var window = endsItself() ? Window.untilDone(PATIENCE) : Window.of(seconds);
    return bucket.run(window, jobs(bucket, connections, deep, seed));
  }

  private List<Job> jobs(FilledBucket bucket, int connections, long deep, long seed)
      throws IOException, InterruptedException {
    long laps = Math.max(1, ENTRIES_OF_WHOLE / bucket.layout().objects());
    return switch (this) {
      case WHOLE -> List.of(Walk.laps(bucket.flat(), laps));
      case FLAT -> walks(bucket, bucket.flat(), connections);
      case DELIMITER -> walks(bucket, bucket.folders(), connections);
      case PREFIX -> same(bucket.inside().page(null, null), connections);
      case FIRST -> same(bucket.flat().page(null, null), connections);
      case DEEP -> same(bucket.page(deep), connections);
      case HEAD, GET -> random(bucket, connections, seed);
    };
  }

  private static List<Job> walks(FilledBucket bucket, Listing listing, int connections) {
    var walks = new ArrayList<Job>();
    for (int i = 0; i < connections; i++) {
      long begin = bucket.layout().objects() * i / connections;
      walks.add(Walk.from(listing, begin == 0 ? null : bucket.layout().key(begin - 1)));
    }
    return walks;
  }

  private static List<Job> same(Request page, int connections) {
    return times(connections, () -> new SamePage(page));
  }

  private List<Job> random(FilledBucket bucket, int connections, long seed) {
    var random = new Random(seed);
    long objects = bucket.layout().objects();
    var work = new Work(title(), Work.Kind.valueOf(name()), bucket.size(0));
    return times(
        connections,
        () -> {
          var requests = new ArrayList<Request>();
          for (int i = 0; i < RANDOM_KEYS / connections; i++) {
            String path = bucket.path(random.nextLong(objects));
            requests.add(bucket.requests().bare(name(), path, ""));
          }
          return new Repeated(work, requests);
        });
  }

  private static List<Job> times(int count, Supplier<Job> jobs) {
    var list = new ArrayList<Job>();
    for (int i = 0; i < count; i++) {
      list.add(jobs.get());
    }
    return list;
  }
}
