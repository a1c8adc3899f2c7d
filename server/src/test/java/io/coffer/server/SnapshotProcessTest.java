package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a server in a process of its own, by the command, while clients write. */
@Timeout(180)
class SnapshotProcessTest {
  private static final Pattern UPLOAD_ID = Pattern.compile("<UploadId>([^<]+)</UploadId>");
  private static final Pattern ETAG = Pattern.compile("<ETag>([^<]+)</ETag>");
  private static final int LARGE = 50_000;

  /** Among so many is one of each kind. */
  private static final int STEPS = 7;

  @TempDir Path dir;

  /** One that puts, overwrites, deletes and completes uploads, of keys that are its own. */
  private static final class Writer implements Runnable {
    private final Client client;
    private final int number;
    private volatile boolean ending;
    private volatile int begun;
    private volatile int acknowledged;

    Writer(Client client, int number) {
      this.client = client;
      this.number = number;
    }

    @Override
    public void run() {
      for (int step = 1; !ending; step++) {
        begun = step;
        String key = "/bucket/" + number + "-" + step % 5;
        int status =
            switch (step % 7) {
              case 0 -> client.send("DELETE", key, "").status();
              case 1 -> multipart(key, text(step, LARGE));
              default -> client.send("PUT", key, text(step, step % 2 == 0 ? 100 : LARGE)).status();
            };
        assertTrue(status == 200 || status == 204, "status " + status);
        acknowledged = step;
      }
    }

    private int multipart(String key, String text) {
      var id = first(UPLOAD_ID, client.send("POST", key + "?uploads=", "").body());
      assertEquals(200, client.send("PUT", key + "?partNumber=1&uploadId=" + id, text).status());
      var etag = first(ETAG, client.send("GET", key + "?uploadId=" + id, "").body());
      var parts =
          "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part>"
                  .formatted(etag)
              + "</CompleteMultipartUpload>";
      return client.send("POST", key + "?uploadId=" + id, parts).status();
    }

    private static String first(Pattern pattern, String text) {
      var found = pattern.matcher(text);
      assertTrue(found.find(), text);
      return found.group(1);
    }

    private String text(int step, int length) {
      var text = new StringBuilder("step " + step + " of " + number + ": ");
      text.repeat((char) ('a' + step % 26), length);
      return text.toString();
    }

    /** Whether another server has the state after one number of steps between two. */
    void assertMoment(Client other, int atLeast, int atMost) {
      var found = new ArrayList<String>();
      for (int key = 0; key < 5; key++) {
        var answer = other.send("GET", "/bucket/" + number + "-" + key, "");
        found.add(answer.status() == 200 ? answer.body() : "");
      }
      boolean one = IntStream.rangeClosed(atLeast, atMost).anyMatch(n -> found.equals(after(n)));
      assertTrue(one, "not the state after %d to %d steps".formatted(atLeast, atMost));
    }

    private List<String> after(int steps) {
      var state = new ArrayList<>(List.of("", "", "", "", ""));
      for (int step = 1; step <= steps; step++) {
        state.set(
            step % 5,
            switch (step % 7) {
              case 0 -> "";
              case 1 -> text(step, LARGE);
              default -> text(step, step % 2 == 0 ? 100 : LARGE);
            });
      }
      return state;
    }
  }

  @Test
  void aSnapshotOfARunningServerIsRestoredToAMomentOfEachClient() throws Exception {
    var data = dir.resolve("data");
    var writers = new ArrayList<Writer>();
    List<Integer> before;
    List<Integer> after;
    try (var server = new ServerProcess(data.toString());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertEquals(200, server.client().send("PUT", "/bucket", "").status());
      for (int i = 0; i < 6; i++) {
        writers.add(new Writer(server.client(), i));
      }
      var running = writers.stream().map(threads::submit).toList();
      try {
        awaitSteps(STEPS, writers, running);
        before = writers.stream().map(writer -> writer.acknowledged).toList();
        var said = run(0, "snapshot", "create", data.toString(), "nightly");
        after = writers.stream().map(writer -> writer.begun).toList();
        assertTrue(said.contains(data.resolve("snapshots/nightly").toString()), said);
        awaitSteps(1, writers, running);
        said = run(1, "snapshot", "create", data.toString(), "nightly");
        assertTrue(said.contains("There is a snapshot nightly already; choose"), said);
        said = run(0, "snapshot", "list", "--held", data.toString());
        assertTrue(said.matches("(?s)NAME.*HELD ALONE\\R *nightly .*"), said);
      } finally {
        writers.forEach(writer -> writer.ending = true);
      }
      for (var one : running) {
        one.get();
      }
      run(0, "snapshot", "restore", data.toString(), "nightly", dir.resolve("new").toString());
      run(0, "snapshot", "delete", data.toString(), "nightly");
      assertFalse(Files.exists(data.resolve("snapshots/nightly")));
      server.stop();
    }
    assertFalse(Files.exists(data.resolve("control")));
    try (var server = new ServerProcess(dir.resolve("new").toString())) {
      for (int i = 0; i < writers.size(); i++) {
        assertTrue(before.get(i) > 0, "no step was acknowledged");
        writers.get(i).assertMoment(server.client(), before.get(i), after.get(i));
      }
    }
  }

  /** Waits until each has done so many steps that it had not begun. */
  private static void awaitSteps(int steps, List<Writer> writers, List<? extends Future<?>> running)
      throws Exception {
    for (int i = 0; i < writers.size(); i++) {
      int goal = writers.get(i).begun + steps;
      while (writers.get(i).acknowledged < goal) {
        if (running.get(i).isDone()) {
          running.get(i).get();
        }
        Thread.sleep(5);
      }
    }
  }

  @Test
  void aKilledServersSocketIsReplacedAndWithoutAServerTheCommandDoesItItself() throws Exception {
    var data = dir.resolve("data");
    try (var server = new ServerProcess(data.toString())) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("control"))));
      assertEquals(200, server.client().send("PUT", "/bucket", "").status());
    }
    assertTrue(Files.exists(data.resolve("control")), "it was killed");
    var said = run(0, "snapshot", "create", data.toString());
    assertTrue(said.matches("(?s).*Snapshot \\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\dZ: .*"), said);
    try (var server = new ServerProcess(data.toString())) {
      run(0, "snapshot", "create", data.toString(), "two");
      assertEquals(200, server.client().send("HEAD", "/bucket", "").status());
    }
    run(0, "snapshot", "delete", data.toString(), "two");
  }

  /** What a command says, on both its streams. */
  private static String run(int status, String... args) {
    var said = new StringWriter();
    var writer = new PrintWriter(said);
    assertEquals(status, Coffer.run(args, Map.of(), writer, writer), said.toString());
    return said.toString();
  }

  /** A server that is ready; closing kills it. */
  private static final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final List<String> greeting = new ArrayList<>();

    ServerProcess(String data) throws IOException {
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Coffer.class.getName(),
                  "server",
                  data,
                  "--address",
                  "127.0.0.1:0",
                  "--access-log",
                  "off")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var out = process.inputReader(StandardCharsets.UTF_8);
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        greeting.add(line);
        if (line.contains("forcePathStyle")) {
          return;
        }
      }
      throw new AssertionError("it ended: " + greeting);
    }

    private String field(String name) {
      return greeting.stream()
          .filter(line -> line.strip().startsWith(name + " "))
          .findFirst()
          .map(line -> line.strip().substring(name.length()).strip())
          .orElseThrow();
    }

    Client client() throws IOException {
      var port = URI.create(field("address")).getPort();
      var secret = field("secret key").split(" ", 2)[0];
      if (secret.equals("kept")) {
        var file = field("secret key").split(" ", 3)[2];
        secret =
            Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith("secret-key="))
                .findFirst()
                .orElseThrow()
                .substring("secret-key=".length());
      }
      var address = new InetSocketAddress("127.0.0.1", port);
      return new Client(address, field("access key"), secret, field("region"));
    }

    void stop() throws InterruptedException {
      process.destroy();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
    }

    @Override
    public void close() throws Exception {
      process.destroyForcibly().waitFor();
    }
  }
}
