package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Coffer server as a process of its own, on a free port of the loopback address. */
final class CofferProcess implements Closeable {
  private static final String ACCESS_KEY = "bench";
  private static final String SECRET_KEY = "bench-secret-key";
  private static final int START_SECONDS = 180;
  private static final int POLL_MILLIS = 5;

  private static final Pattern READY =
      Pattern.compile("is ready\\.\\s+address +http://[^:]+:(\\d+)\\s");

  private final Process process;
  private final Path log;
  private int port;

  private CofferProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Lets the launcher build the server if it has to, however long that takes.
   *
   * @throws IOException it cannot be built
   */
  static void build(Path launcher) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(launcher.toString(), "version");
    var build = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    System.err.print(new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    if (build.waitFor() != 0) {
      throw new IOException("the server cannot be built");
    }
  }

  /**
   * Starts it and waits until it answers requests.
   *
   * @param launcher the script {@code coffer}
   * @param log where the server's own lines go
   */
  static CofferProcess start(Path launcher, Path data, Path log)
      throws IOException, InterruptedException {
    var server = launch(launcher, data, log, List.of());
    server.awaitReady();
    return server;
  }

  /**
   * Starts it and does not wait; so it can be killed while it starts.
   *
   * @param settings further flags
   */
  static CofferProcess launch(Path launcher, Path data, Path log, List<String> settings)
      throws IOException {
    return launch(launcher, data, log, settings, "");
  }

  /**
   * @param javaOptions further options of the JVM, separated by blanks
   */
  static CofferProcess launch(
      Path launcher, Path data, Path log, List<String> settings, String javaOptions)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(launcher.toString(), "server", data.toString(), "--address", "127.0.0.1:0"));
    command.addAll(settings);
    var builder = new ProcessBuilder(command);
    builder.environment().put("COFFER_ROOT_ACCESS_KEY", ACCESS_KEY);
    builder.environment().put("COFFER_ROOT_SECRET_KEY", SECRET_KEY);
    if (!javaOptions.isEmpty()) {
      builder.environment().merge("COFFER_JAVA_OPTS", javaOptions, (old, more) -> old + " " + more);
    }
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return new CofferProcess(builder.start(), log);
  }

  /**
   * Waits until it answers requests.
   *
   * @throws IOException it ended, or did not come up; then it is ended
   */
  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      boolean ended = !process.isAlive();
      var greeting = READY.matcher(Files.readString(log));
      if (greeting.find()) {
        port = Integer.parseInt(greeting.group(1));
        return;
      }
      if (ended) {
        throw new IOException(
            "the server ended with " + process.exitValue() + ": " + Files.readString(log));
      }
      Thread.sleep(POLL_MILLIS);
    }
    close();
    throw new IOException("the server did not come up within " + START_SECONDS + " s");
  }

  /** Kills it at once (SIGKILL), and waits until it is gone. */
  void kill() throws InterruptedException {
    // The launcher has become the server, so this is no shell that leaves it behind.
    process.destroyForcibly().waitFor();
  }

  /** Where to reach it, once it is ready. */
  Endpoint endpoint() {
    return new Endpoint("coffer", "127.0.0.1", port, ACCESS_KEY, SECRET_KEY, process.pid());
  }

  /** Stops it and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
