package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.BucketVersioningStatus;
import io.coffer.service.ScrubState.Stage;
import io.coffer.storage.StorageException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check in the background, step by step. */
class ScrubTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final DamagedStorage storage = new DamagedStorage();
  private final Store store = new Store(storage);
  private final List<String> log = new ArrayList<>();
  private Instant now = Instant.parse("2024-01-01T00:00:00Z");
  private final Environment environment = new Environment(() -> now, new Random(7));
  private final Logger logger = Logger.getLogger(Scrub.class.getName());
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
            log.add(line.getMessage());
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    store.createBucket("bucket");
  }

  @AfterEach
  void close() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
    store.close();
  }

  private Scrub scrub() {
    return scrub(Pace.steady(0));
  }

  private Scrub scrub(Pace pace) {
    var transactions =
        new Transactions(storage, environment, Duration.ofSeconds(1), Durabilities.SYNC);
    return new Scrub(storage, transactions, environment, WEEK, pace);
  }

  /** Makes steps until there is nothing to do; how many. */
  private static int pass(Scrub scrub) {
    for (int steps = 1; ; steps++) {
      if (!scrub.step().isZero()) {
        return steps;
      }
      assertTrue(steps < 100_000, "a pass without end");
    }
  }

  @Test
  void aPassSeesEverythingAndFindsNothingWrong() {
    Given.allKinds(store);
    var scrub = scrub();
    pass(scrub);
    assertEquals(List.of(), log);
    var figures = scrub.figures();
    assertEquals(1, figures.pass());
    assertEquals(17, figures.objects());
    assertEquals(0, figures.damageFound());
    assertEquals(now.getEpochSecond(), figures.lastEndSeconds());
  }

  @Test
  void theNextPassComesAfterTheInterval() {
    var scrub = scrub();
    pass(scrub);
    assertEquals(WEEK, scrub.step());
    now = now.plus(WEEK).minusSeconds(1);
    assertEquals(Duration.ofSeconds(1), scrub.step());
    now = now.plusSeconds(1);
    assertEquals(Duration.ZERO, scrub.step());
    assertEquals(2, scrub.figures().pass());
  }

  @Test
  void aClockThatWentBackDelaysNoPassForLong() {
    var scrub = scrub();
    pass(scrub);
    now = now.minus(Duration.ofDays(10_000));
    assertEquals(WEEK, scrub.step());
  }

  @Test
  void itRemembersOverARestartThatAPassIsDone() {
    pass(scrub());
    assertEquals(WEEK, scrub().step());
  }

  @Test
  void itGoesOnAfterARestartWhereItWas() {
    for (int i = 0; i < 1_000; i++) {
      store.put("bucket", "key %04d".formatted(i), "content");
    }
    var first = scrub();
    for (int i = 0; i < 5; i++) {
      first.step();
    }
    assertEquals(Stage.OBJECTS, first.state().stage());
    first.save();
    var second = scrub();
    pass(second);
    assertEquals(1_000, first.figures().objects() + second.figures().objects());
    assertEquals(1, second.figures().pass());
  }

  @Test
  void itWritesDownWhereItIsOnceAMinute() {
    for (int i = 0; i < 1_000; i++) {
      store.put("bucket", "key %04d".formatted(i), "content");
    }
    var first = scrub();
    for (int i = 0; i < 5; i++) {
      first.step();
      now = now.plusSeconds(30);
    }
    var second = scrub();
    second.step();
    assertTrue(second.state().position().path().length() > 1, second.state().toString());
    int rest = pass(second);
    assertTrue(rest < 270, rest + " steps");
    assertTrue(first.figures().objects() + second.figures().objects() >= 1_000);
  }

  @Test
  void anObjectOfManyPartsIsNotBegunAnewAfterARestart() {
    var part = "x".repeat(3 << 20);
    Given.multipart(store, "bucket", "parts", 8, part, part, part, part, part, part, part, part);
    var first = scrub();
    first.step();
    assertEquals(3, first.state().position().part(), first.state().toString());
    first.save();
    var second = scrub();
    pass(second);
    assertEquals(8, first.figures().blobs() + second.figures().blobs());
  }

  @Test
  void aDamageIsToldOfOnceAndForgottenWhenItIsGone() {
    store.put("bucket", "key", "content");
    store.put("bucket", "other", "content");
    var blob = Given.blob(storage, "bucket", "key");
    storage.damage(blob, 0);
    var scrub = scrub();
    for (int i = 1; i <= 3; i++) {
      pass(scrub);
      assertEquals(1, log.size(), log.toString());
      assertEquals(1, scrub.figures().knownDamage());
      assertEquals(i, scrub.figures().damageFound());
      now = now.plus(WEEK);
    }
    assertTrue(
        log.getFirst().contains("bucket=bucket key=\"key\" version=null bytes=0-6"),
        log.toString());

    var restarted = scrub();
    pass(restarted);
    assertEquals(1, log.size(), "known from before the restart");

    storage.mend(blob);
    now = now.plus(WEEK);
    pass(restarted);
    assertEquals(0, restarted.figures().knownDamage());
    storage.damage(blob, 0);
    now = now.plus(WEEK);
    pass(restarted);
    assertEquals(2, log.size(), log.toString());
  }

  @Test
  void aFailureThatPassesIsNoDamage() {
    store.put("bucket", "key", "content");
    var scrub = scrub();
    storage.makeUnreadable(DamagedStorage.startingWith("ckey"));
    for (int i = 0; i < 3; i++) {
      assertThrows(StorageException.Failure.class, scrub::step);
    }
    storage.makeUnreadable(key -> false);
    pass(scrub);
    assertEquals(List.of(), log);
    assertEquals(1, scrub.figures().objects());
  }

  @Test
  void aFailureThatStaysIsDamage() {
    store.put("bucket", "key", "content");
    var scrub = scrub();
    storage.makeUnreadable(DamagedStorage.startingWith("ckey"));
    int failures = 0;
    for (boolean done = false; !done && failures < 100; ) {
      try {
        done = !scrub.step().isZero();
      } catch (StorageException.Failure e) {
        failures++;
      }
    }
    assertEquals(6, failures, "three with its neighbours, three alone");
    assertEquals(1, log.size(), log.toString());
    assertTrue(log.getFirst().contains("bucket=bucket: rows cannot be read"), log.toString());
  }

  @Test
  void looksAtRowsTakeTheirTimeThoughTheirObjectsAreSmall() {
    for (int i = 0; i < 100; i++) {
      store.put("bucket", "key " + i, "x");
    }
    long[] nanos = {0};
    var pace =
        new Pace(1 << 20, () -> 0, () -> nanos[0], t -> nanos[0] += t.toNanos(), () -> false);
    pass(scrub(pace));
    assertTrue(nanos[0] > 100 * 512 * 1_000L, nanos[0] + " ns");
  }

  @Test
  void whatEarlierRunsFoundIsInTheFiguresBeforeTheFirstStep() {
    store.put("bucket", "key", "content");
    storage.damage(Given.blob(storage, "bucket", "key"), 0);
    pass(scrub());
    var restarted = scrub();
    restarted.recall();
    assertEquals(1, restarted.figures().knownDamage());
    assertEquals(now.getEpochSecond(), restarted.figures().lastEndSeconds());
  }

  @Test
  void anEndInTheMiddleOfAStepLosesNoneOfIt() {
    for (int i = 0; i < 10; i++) {
      store.put("bucket", "key " + i, Given.LARGE);
    }
    var ending = new AtomicBoolean();
    int[] pieces = {0};
    var pace =
        new Pace(
            0, () -> 0, System::nanoTime, Thread::sleep, () -> ending.get() || ++pieces[0] > 7);
    var scrub = scrub(pace);
    assertThrows(Pace.Ended.class, () -> pass(scrub));
    scrub.save();
    var second = scrub();
    pass(second);
    assertTrue(second.figures().objects() >= 8, second.figures().toString());
    assertEquals(List.of(), log);
  }

  @Test
  void whatOthersDoMeanwhileIsNoDamage() throws Exception {
    long seed = System.nanoTime();
    store.versioning("bucket", BucketVersioningStatus.ENABLED);
    var done = new AtomicBoolean();
    Callable<Integer> passes =
        () -> {
          var scrub = scrub();
          int count = 0;
          while (!done.get()) {
            pass(scrub);
            now = now.plus(WEEK);
            count++;
          }
          return count;
        };
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var scrubbing = List.of(threads.submit(passes));
      var writing = new ArrayList<Future<?>>();
      for (int i = 0; i < 4; i++) {
        var random = new Random(seed + i);
        writing.add(
            threads.submit(
                () -> {
                  for (int step = 0; step < 150; step++) {
                    change(random, step);
                  }
                }));
      }
      for (var writer : writing) {
        writer.get();
      }
      done.set(true);
      assertTrue(scrubbing.getFirst().get() > 0);
    }
    assertEquals(List.of(), log, "seed " + seed);
    var findings = new ArrayList<String>();
    new Verification(storage, 0, finding -> findings.add(finding.line())).all();
    assertEquals(List.of(), findings, "seed " + seed);
  }

  private void change(Random random, int step) {
    var key = "key " + random.nextInt(5);
    switch (random.nextInt(8)) {
      case 0, 1, 2 -> store.put("bucket", key, "content " + step);
      case 3 -> store.delete("bucket", key, null);
      case 4 -> store.delete("bucket", key, "null");
      case 5 -> Given.multipart(store, "bucket", key, 1, "the first part", "unused");
      case 6 -> {
        var upload = Given.upload(store, "bucket", key, "one", "two");
        store.uploadPart("bucket", key, upload, 1, "another one");
        Given.abort(store, "bucket", key, upload);
      }
      default ->
          store.versioning(
              "bucket",
              random.nextBoolean()
                  ? BucketVersioningStatus.ENABLED
                  : BucketVersioningStatus.SUSPENDED);
    }
  }
}
