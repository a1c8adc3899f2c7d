package io.coffer.storage.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who shares which sync of a directory. */
@Timeout(30)
class DirectorySyncTest {
  private static final Path DIRECTORY = Path.of("/some/directory");

  @Test
  void whoeverComesDuringASyncSharesTheNextOne() throws Exception {
    var first = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var syncs = new AtomicInteger();
    var sync =
        new DirectorySync(
            directory -> {
              syncs.incrementAndGet();
              begun.countDown();
              Waiting.forLatch(first);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      all.add(threads.submit(() -> call(sync, DIRECTORY)));
      begun.await();
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> call(sync, DIRECTORY)));
      }
      Thread.sleep(100);
      assertEquals(1, syncs.get());
      first.countDown();
      for (var one : all) {
        one.get();
      }
    }

    assertEquals(2, syncs.get());
  }

  @Test
  void everyEntryIsSyncedAfterItWasMade() throws Exception {
    Set<String> made = ConcurrentHashMap.newKeySet();
    Set<String> durable = ConcurrentHashMap.newKeySet();
    var syncs = new AtomicInteger();
    var sync =
        new DirectorySync(
            directory -> {
              var seen = Set.copyOf(made);
              syncs.incrementAndGet();
              Thread.yield();
              durable.addAll(seen);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < 32; i++) {
        int thread = i;
        all.add(
            threads.submit(
                () -> {
                  var random = new Random(thread);
                  for (int j = 0; j < 200; j++) {
                    var entry = thread + "/" + j;
                    made.add(entry);
                    call(sync, Path.of("/" + random.nextInt(3)));
                    assertTrue(durable.contains(entry), entry);
                  }
                }));
      }
      for (var one : all) {
        one.get();
      }
    }

    assertTrue(syncs.get() <= 32 * 200, syncs + " syncs");
  }

  @Test
  void aFailureIsThatOfAllWhoShareTheSyncAndOfNobodyElse() throws Exception {
    var syncs = new AtomicInteger();
    var sync =
        new DirectorySync(
            directory -> {
              if (syncs.incrementAndGet() == 1) {
                throw new IOException("the disk is ill");
              }
            });

    assertThrows(IOException.class, () -> sync.sync(DIRECTORY));
    sync.sync(DIRECTORY);
    assertEquals(2, syncs.get());
  }

  @Test
  void anErrorIsNoSuccessForThoseWhoShareTheSync() throws Exception {
    var first = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var sync =
        new DirectorySync(
            directory -> {
              if (begun.getCount() == 0) {
                throw new OutOfMemoryError("for this test");
              }
              begun.countDown();
              Waiting.forLatch(first);
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var sound = threads.submit(() -> call(sync, DIRECTORY));
      begun.await();
      var all = new ArrayList<Future<?>>();
      for (int i = 0; i < 5; i++) {
        all.add(threads.submit(() -> call(sync, DIRECTORY)));
      }
      Thread.sleep(100);
      first.countDown();
      sound.get();
      for (var one : all) {
        assertThrows(ExecutionException.class, one::get);
      }
    }
  }

  private static void call(DirectorySync sync, Path directory) {
    try {
      sync.sync(directory);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
