package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coffer.conformance.TracedServer.Sync;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * How many sync calls a request costs, and of what, counted by strace: one too few is a promise
 * broken, one too many a disk's time lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class SyncCountTest {
  private static final String BUCKET = "bucket";
  private static final int SMALL = 1 << 10;
  private static final int LARGE = 1 << 20;
  private static final int CLIENTS = 64;
  private static final int ROUNDS = 10;

  @TempDir static Path scratch;

  private @Nullable TracedServer server;
  private @Nullable S3Client client;

  /** Directories of blobs whose entries this server has synced. */
  private final Set<Path> known = new HashSet<>();

  @BeforeAll
  void start() throws IOException, InterruptedException {
    assumeTrue(
        TracedServer.isPossible(scratch),
        "there is no strace, or it may not trace, or it cannot delay calls");
    server = TracedServer.start(scratch.toRealPath());
    client = server.client();
    s3().createBucket(b -> b.bucket(BUCKET));
    put("first", SMALL); // the first row of a log syncs the log's directory, too
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private S3Client s3() {
    return Objects.requireNonNull(client);
  }

  private void put(String key, int size) {
    s3().putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromBytes(Suite.pattern(size)));
  }

  /** What a client does. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException;
  }

  /** The sync calls that begin until an action has been answered. */
  private List<Sync> syncsOf(Action action) throws IOException {
    var traced = Objects.requireNonNull(server);
    int before = traced.syncs().size();
    action.run();
    var all = traced.syncs();
    return all.subList(before, all.size());
  }

  private static boolean isLogOfRows(Sync sync) {
    return sync.name().equals("fdatasync")
        && sync.path().toString().matches(".*/data/rows/\\d+\\.log");
  }

  private static void assertOneSyncOfRows(List<Sync> syncs) {
    assertEquals(1, syncs.size(), () -> "syncs: " + syncs);
    assertTrue(isLogOfRows(syncs.getFirst()), () -> "syncs: " + syncs);
  }

  @Test
  void aSmallPutIsOneSyncOfTheRowsAndWaitsForIt() throws IOException {
    for (int i = 0; i < 10; i++) {
      var key = "small/" + i;
      long begin = System.nanoTime();
      assertOneSyncOfRows(syncsOf(() -> put(key, SMALL)));
      long nanos = System.nanoTime() - begin;
      assertTrue(nanos >= TracedServer.SYNC_DELAY.toNanos(), nanos + " ns: it did not wait");
    }
  }

  @Test
  void aDeleteIsOneSyncOfTheRows() throws IOException {
    for (int size : new int[] {SMALL, LARGE}) {
      put("deleted", size);
      assertOneSyncOfRows(syncsOf(() -> s3().deleteObject(b -> b.bucket(BUCKET).key("deleted"))));
    }
  }

  @Test
  void aLargePutSyncsTheFileThenItsEntryThenTheRows() throws IOException {
    for (int i = 0; i < 10; i++) {
      var key = "large/" + i;
      long begin = System.nanoTime();
      var syncs = syncsOf(() -> put(key, LARGE));
      long nanos = System.nanoTime() - begin;
      var file = syncs.getFirst();
      assertEquals("fdatasync", file.name(), () -> "syncs: " + syncs);
      assertTrue(isLogOfRows(syncs.getLast()), () -> "syncs: " + syncs);
      var leaf = Objects.requireNonNull(file.path().getParent());
      assertEquals(directoriesToSync(leaf), paths(syncs.subList(1, syncs.size() - 1)));
      assertTrue(nanos >= 2 * TracedServer.SYNC_DELAY.toNanos(), nanos + " ns: it did not wait");
    }
  }

  /** The directory of the file, and when this server has not used it before, those above it. */
  private List<Path> directoriesToSync(Path leaf) {
    assertTrue(leaf.toString().matches(".*/data/blobs/[0-9a-f]{2}/[0-9a-f]"), leaf::toString);
    var branch = Objects.requireNonNull(leaf.getParent());
    return known.add(leaf)
        ? List.of(leaf, branch, Objects.requireNonNull(branch.getParent()))
        : List.of(leaf);
  }

  private static List<Path> paths(List<Sync> syncs) {
    return syncs.stream().map(Sync::path).toList();
  }

  /**
   * All clients are let go when the server waits for the bodies of all: while one sync takes its
   * time, the others come to wait for the next. On a machine with other work they may come one by
   * one, so that one round of some has to show it; without sharing there is none.
   */
  @Test
  void smallPutsAtOnceShareSyncs() throws IOException {
    var counts = new ArrayList<Integer>();
    do {
      int round = counts.size();
      var syncs = syncsOf(() -> putAtOnce(round));
      assertTrue(syncs.stream().allMatch(SyncCountTest::isLogOfRows), () -> "syncs: " + syncs);
      assertFalse(syncs.isEmpty());
      counts.add(syncs.size());
    } while (counts.getLast() > CLIENTS / 2 && counts.size() < ROUNDS);
    assertTrue(counts.getLast() <= CLIENTS / 2, counts + " syncs of " + CLIENTS + " PUTs each");
  }

  private void putAtOnce(int round) throws IOException {
    var puts = new ArrayList<HeldPut>();
    try (var presigner = Objects.requireNonNull(server).presigner()) {
      for (int i = 0; i < CLIENTS; i++) {
        var key = "at-once/" + round + "/" + i;
        var presigned =
            presigner.presignPutObject(
                p ->
                    p.signatureDuration(Duration.ofMinutes(10))
                        .putObjectRequest(o -> o.bucket(BUCKET).key(key)));
        puts.add(new HeldPut(URI.create(presigned.url().toString()), Suite.pattern(SMALL)));
      }
      for (var put : puts) {
        put.awaitContinue();
      }
      for (var put : puts) {
        put.sendBody();
      }
      for (var put : puts) {
        put.awaitSuccess();
      }
    } finally {
      for (var put : puts) {
        put.close();
      }
    }
  }

  @Test
  void readingIsNoSync() throws IOException {
    put("read/small", SMALL);
    put("read/large", LARGE);
    var syncs =
        syncsOf(
            () -> {
              for (var key : List.of("read/small", "read/large")) {
                assertTrue(
                    s3().getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asByteArray().length > 0);
                s3().headObject(b -> b.bucket(BUCKET).key(key));
              }
              assertEquals(2, s3().listObjectsV2(b -> b.bucket(BUCKET).prefix("read/")).keyCount());
            });
    assertEquals(List.of(), syncs);
  }
}
