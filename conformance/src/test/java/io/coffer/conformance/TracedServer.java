package io.coffer.conformance;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A server as a process of its own whose sync calls strace writes down, and makes slow. strace
 * notes a call before it lets the thread go on, so what led to an answer is noted before the
 * answer.
 */
final class TracedServer implements AutoCloseable {
  /** What each fdatasync takes at least. */
  static final Duration SYNC_DELAY = Duration.ofMillis(40);

  private static final String ACCESS_KEY = "traced";
  private static final String SECRET_KEY = "traced-secret-key";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY));
  private static final int START_SECONDS = 240;
  private static final Pattern ADDRESS = Pattern.compile("is ready\\.\\s+address +(http:\\S+)\\s");
  private static final Pattern CALL =
      Pattern.compile("^\\d+ +(\\w*sync\\w*)\\((?:\\d+<([^>]*)>)?", Pattern.MULTILINE);

  private final Process process;
  private final Path trace;
  private final Path log;
  private URI endpoint = URI.create("");

  /**
   * A call that was begun.
   *
   * @param name fsync, fdatasync, ...
   * @param path of the file or directory that is synced
   */
  record Sync(String name, Path path) {}

  private TracedServer(Process process, Path trace, Path log) {
    this.process = process;
    this.trace = trace;
    this.log = log;
  }

  /** Whether there is an strace that can trace here, and slow calls down. */
  static boolean isPossible(Path scratch) throws IOException, InterruptedException {
    var trace = Files.createTempFile(scratch, "probe", ".trace");
    try {
      var command = strace(trace);
      command.add("sync");
      command.add(trace.toString());
      var probe = new ProcessBuilder(command).redirectErrorStream(true);
      var process = probe.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor() == 0 && CALL.matcher(Files.readString(trace)).find();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> strace(Path trace) {
    return new ArrayList<>(
        List.of(
            "strace",
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-y",
            "-e",
            "trace=fsync,fdatasync,sync_file_range,syncfs,sync,msync",
            "-e",
            "signal=none",
            "-e",
            "inject=fdatasync:delay_enter=" + SYNC_DELAY.toMillis() * 1000,
            "-o",
            trace.toString()));
  }

  /** Starts one in a new directory, and waits until it answers. */
  static TracedServer start(Path scratch) throws IOException, InterruptedException {
    var trace = scratch.resolve("syncs.trace");
    var log = scratch.resolve("server.log");
    var command = strace(trace);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx192m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "io.coffer.server.Coffer",
            "server",
            scratch.resolve("data").toString(),
            "--address",
            "127.0.0.1:0",
            "--disk-reserve",
            "0",
            "--scrub-rate",
            "0"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("COFFER_ROOT_ACCESS_KEY", ACCESS_KEY);
    builder.environment().put("COFFER_ROOT_SECRET_KEY", SECRET_KEY);
    var server = new TracedServer(builder.redirectOutput(log.toFile()).start(), trace, log);
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (System.nanoTime() < deadline) {
      boolean ended = !process.isAlive();
      var address = ADDRESS.matcher(Files.readString(log));
      if (address.find()) {
        endpoint = URI.create(address.group(1));
        return;
      }
      if (ended) {
        break;
      }
      Thread.sleep(20);
    }
    close();
    throw new AssertionError("the server did not come up: " + Files.readString(log));
  }

  /** All sync calls so far, in the order in which they began. */
  List<Sync> syncs() throws IOException {
    return CALL.matcher(Files.readString(trace))
        .results()
        .map(call -> new Sync(call.group(1), Path.of(call.group(2) == null ? "" : call.group(2))))
        .toList();
  }

  S3Client client() {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .credentialsProvider(CREDENTIALS)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .httpClient(ApacheHttpClient.create())
        .build();
  }

  S3Presigner presigner() {
    return S3Presigner.builder()
        .endpointOverride(endpoint)
        .credentialsProvider(CREDENTIALS)
        .region(Region.US_EAST_1)
        .serviceConfiguration(S3Configuration.builder().pathStyleAccessEnabled(true).build())
        .build();
  }

  /** Ends the server, and with it strace. */
  @Override
  public void close() throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }
}
