package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, told to end. */
@Timeout(120)
class SignalTest {
  @TempDir Path dir;

  /** A server that is ready. */
  private static final class Program implements AutoCloseable {
    private final Process process;
    private final List<String> greeting = new ArrayList<>();

    Program(String... arguments) throws IOException {
      var command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Coffer.class.getName(),
                  "server",
                  "--address",
                  "127.0.0.1:0"));
      command.addAll(List.of(arguments));
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (var line = out.readLine(); line != null; line = out.readLine()) {
        greeting.add(line);
        if (line.contains("forcePathStyle")) {
          return;
        }
      }
      throw new AssertionError("it ended: " + greeting);
    }

    String field(String name) {
      return greeting.stream()
          .filter(line -> line.strip().startsWith(name + " "))
          .findFirst()
          .map(line -> line.strip().substring(name.length()).strip())
          .orElseThrow();
    }

    Client client() {
      var port = URI.create(field("address")).getPort();
      var secret = field("secret key").split(" ", 2)[0];
      var address = new InetSocketAddress("127.0.0.1", port);
      return new Client(address, field("access key"), secret, field("region"));
    }

    /** A connection on which a request waits for the rest of its body. */
    Socket requestInFlight() throws IOException {
      var client = client();
      assertEquals(200, client.send("PUT", "/one", "").status());
      var uri = client.presigned("PUT", "/one/key");
      var socket = new Socket("127.0.0.1", uri.getPort());
      var head =
          "PUT %s?%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n"
              .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority());
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', socket.getInputStream().read(), "the server asks for the body");
      return socket;
    }

    @Override
    public void close() throws Exception {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void aSignalEndsAnIdleServerWithStatusZero() throws Exception {
    try (var program = new Program(dir.resolve("data").toString())) {
      program.process.destroy();
      assertTrue(program.process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, program.process.exitValue());
    }
    try (var again = new Program(dir.resolve("data").toString())) {
      assertTrue(again.field("secret key").startsWith("kept in "), again.greeting.toString());
    }
  }

  @Test
  void aSecondSignalEndsAtOnce() throws Exception {
    try (var program = new Program("--memory");
        var socket = program.requestInFlight()) {
      assertTrue(socket.isConnected());
      program.process.destroy();
      assertFalse(program.process.waitFor(1, TimeUnit.SECONDS), "it waits for the request");
      program.process.destroy();
      assertTrue(program.process.waitFor(10, TimeUnit.SECONDS));
      assertEquals(128 + 15, program.process.exitValue());
    }
  }

  @Test
  void theDrainEndsWithItsTime() throws Exception {
    try (var program = new Program("--memory", "--drain-timeout", "1");
        var socket = program.requestInFlight()) {
      assertTrue(socket.isConnected());
      program.process.destroy();
      assertTrue(program.process.waitFor(20, TimeUnit.SECONDS));
      assertEquals(0, program.process.exitValue());
    }
  }
}
