package io.coffer.bench;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A Coffer server as a process of its own, on a free port of the loopback address. */
final class CofferProcess implements Closeable {
  private static final String ACCESS_KEY = "bench";
  private static final String SECRET_KEY = "bench-secret-key";
  private static final int START_SECONDS = 180;

  private final Process process;
  private final int port;

  private CofferProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it takes connections.
   *
   * @param launcher the script {@code coffer}
   * @param log where the server's own lines go
   */
  static CofferProcess start(Path launcher, Path data, Path log)
      throws IOException, InterruptedException {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            launcher.toString(), "server", data.toString(), "--address", "127.0.0.1:" + port);
    builder.environment().put("COFFER_ROOT_ACCESS_KEY", ACCESS_KEY);
    builder.environment().put("COFFER_ROOT_SECRET_KEY", SECRET_KEY);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    var server = new CofferProcess(builder.start(), port);
    for (int tenths = 0; tenths < 10 * START_SECONDS; tenths++) {
      if (server.takesConnections()) {
        return server;
      }
      if (!server.process.isAlive()) {
        throw new IOException(
            "the server ended with " + server.process.exitValue() + ": " + Files.readString(log));
      }
      Thread.sleep(100);
    }
    server.close();
    throw new IOException("the server did not come up within " + START_SECONDS + " s");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private boolean takesConnections() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

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
