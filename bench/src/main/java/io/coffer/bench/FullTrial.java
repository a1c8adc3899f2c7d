package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The steps of {@code bench/full}, each checked and printed. One thread. */
final class FullTrial implements Closeable {
  private static final long MIB = 1 << 20;
  private static final long LARGE_BYTES = MIB;
  private static final int PATIENCE_SECONDS = 60;
  private static final long SETTLING_MILLIS = 6_000;

  private final Path launcher;
  private final Path directory;
  private final Path log;
  private final List<String> settings;
  private final int small;
  private final long smallBytes;
  private final Filler filler;
  private final long began = System.nanoTime();
  private @Nullable CofferProcess server;

  FullTrial(
      Path launcher, Path directory, Path log, List<String> settings, int small, long smallBytes) {
    this.launcher = launcher;
    this.directory = directory;
    this.log = log;
    this.settings = settings;
    this.small = small;
    this.smallBytes = smallBytes;
    this.filler = new Filler(directory.resolve("filler"));
  }

  void run() throws IOException, InterruptedException {
    var client = start();
    client.expect(200, "PUT", "/full", "");
    var upload = client.beginUpload("unfinished", 5 * MIB);
    long begin = System.nanoTime();
    client.putAll(keys("small", small), smallBytes);
    say("PUT %,d objects of %s: %.1f s", small, Bytes.format(smallBytes), seconds(begin));
    awaitReserve(true);
    int large = putUntilFull(client);
    client.expectRefusalBeforeBody(LARGE_BYTES);
    say("PUT with Expect: 100-continue: 507 at once, before its body");

    filler.fill();
    say("filled from outside");
    awaitNotReady(client);
    reading(client, large, small);
    client.expect(507, "PUT", "/full/more", "");
    client.expect(204, "DELETE", "/full/unfinished", "uploadId=" + upload);
    say("AbortMultipartUpload: 204");
    client.expect(204, "DELETE", "/full/large/0", "");
    say("DELETE of an object of 1 MiB: 204");
    begin = System.nanoTime();
    client.deleteAll(keys("small", small / 2));
    say("DELETE of %,d small objects: each 204, %.1f s", small / 2, seconds(begin));
    client.deleteTogether(keys("small", small).subList(small / 2, small));
    say("DeleteObjects of %,d small objects: all deleted", small - small / 2);
    reading(client, large - 1, 0);
    awaitSpace(small * smallBytes / 2);
    greedy(client, large - 1);

    filler.remove();
    say("what was from outside is gone");
    awaitWrites(client, 0);
    awaitReserve(true);
    client.put("large/1", LARGE_BYTES);
    int half = large / 2;
    client.deleteAll(keys("large", large).subList(half, large));
    client.putAll(keys("small", small), smallBytes);
    reading(client, half, small);
    killed(client, half);
  }

  /** Until there is no room though the server has given back what it could. */
  private int putUntilFull(FullClient client) throws IOException, InterruptedException {
    int large = 0;
    for (int before = -1; before < large; Thread.sleep(SETTLING_MILLIS)) {
      before = large;
      large = client.putUntilRefused("large", large, LARGE_BYTES);
      say("PUT %,d objects of 1 MiB, then 507 InsufficientStorage", large);
    }
    return large;
  }

  /** What was freed is taken by somebody else too: deletes may be refused, all else goes on. */
  private void greedy(FullClient client, int large) throws IOException, InterruptedException {
    filler.fill();
    say("filled from outside again, and the reserve is gone");
    say("DELETE of an object: %d", client.delete("large/1"));
    say("and again: %d", client.delete("large/1"));
    client.check("large/2", LARGE_BYTES);
    say("GET: every byte");
  }

  /** A kill at 100 %, and a start on a full disk. */
  private void killed(FullClient before, int large) throws IOException, InterruptedException {
    filler.fill();
    say("filled from outside");
    before.deleteAll(keys("small", small / 4));
    process().kill();
    say("%,d small objects deleted, then killed with SIGKILL", small / 4);
    long begin = System.nanoTime();
    var client = start();
    say("started on the full disk: ready after %.1f s", seconds(begin));
    var left = keys("small", small).subList(small / 4, small);
    reading(client, large, left.size());
    client.deleteAll(left);
    say("DELETE of the other %,d: each 204", left.size());
    reading(client, large, 0);
    filler.remove();
    say("what was from outside is gone");
    awaitWrites(client, 0);
    awaitReserve(true);
  }

  private FullClient start() throws IOException, InterruptedException {
    var started = CofferProcess.launch(launcher, directory.resolve("data"), log, settings);
    server = started;
    started.awaitReady();
    return new FullClient(started.endpoint());
  }

  private CofferProcess process() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server;
  }

  /** Objects read back and compared, and a listing of all. */
  private void reading(FullClient client, int large, int smallThere)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int first = small - smallThere;
    for (int i = first; i < small; i += Math.max(1, smallThere / 200)) {
      client.check("small/" + i, smallBytes);
    }
    for (int i = 1; i < large; i += Math.max(1, large / 20)) {
      client.check("large/" + i, LARGE_BYTES);
    }
    say("GET of a sample: every byte, %.1f s", seconds(begin));
    begin = System.nanoTime();
    int listed = client.count();
    if (listed != large + smallThere) {
      throw new IOException("%d keys are listed, of %d".formatted(listed, large + smallThere));
    }
    say("listed %,d keys, all, %.1f s", listed, seconds(begin));
  }

  private void awaitNotReady(FullClient client) throws IOException, InterruptedException {
    var health = client.health();
    for (int i = 0; health.status() == 200; i++) {
      await(i, "health does not say that the disk is full");
      health = client.health();
    }
    say("health: %d %s", health.status(), health.text().strip());
  }

  private void awaitWrites(FullClient client, int tries) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int i = tries; !client.put("large/0", LARGE_BYTES); i++) {
      await(i, "PUT does not work again");
    }
    say("PUT: 200, %.1f s later, without a restart", seconds(begin));
    var health = client.health();
    if (health.status() != 200) {
      throw new IOException("not ready: " + health);
    }
  }

  /** The space of deleted objects is free again: some, because a filesystem keeps some itself. */
  private void awaitSpace(long bytes) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    for (int i = 0; Filler.freeBytes(directory) < bytes; i++) {
      await(i, "the space of deleted objects does not come back");
    }
    say("%.1f s later", seconds(begin));
  }

  private void awaitReserve(boolean there) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var reserve = directory.resolve("data/reserve");
    for (int i = 0; Files.exists(reserve) != there; i++) {
      await(i, "the reserve is not made");
    }
    say("the reserve is there, %.1f s later", seconds(begin));
  }

  private static void await(int tries, String otherwise) throws IOException, InterruptedException {
    if (tries > 10 * PATIENCE_SECONDS) {
      throw new IOException(otherwise);
    }
    Thread.sleep(100);
  }

  private void say(String what, Object... values) throws IOException {
    System.out.printf(
        "%6.1f s  %-84s %5.1f MiB free%n",
        seconds(began), what.formatted(values), (double) Filler.freeBytes(directory) / MIB);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static List<String> keys(String prefix, int count) {
    return new ArrayList<>(IntStream.range(0, count).mapToObj(i -> prefix + "/" + i).toList());
  }

  @Override
  public void close() throws IOException {
    if (server != null) {
      server.close();
    }
    filler.remove();
  }
}
