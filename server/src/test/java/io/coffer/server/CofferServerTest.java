package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CofferServerTest {
  @TempDir Path dir;

  private static void assertStatus(int expected, Client.Answer answer) {
    assertEquals(expected, answer.status(), answer.body());
  }

  /** Options as {@code coffer server} makes them of flags. */
  private static ServerOptions options(Path directory, Map<Setting, String> flags) {
    var address = Map.of(Setting.ADDRESS.variable(), "127.0.0.1:0");
    return OptionsReader.read(directory, SettingValues.of(flags, address, null));
  }

  @Test
  void whatIsPutInMemoryIsGot() {
    try (var server = CofferServer.start(ServerOptions.inMemory())) {
      var client = Client.of(server);
      assertStatus(200, client.send("PUT", "/one", ""));
      assertStatus(200, client.send("PUT", "/one/key", "content"));
      assertEquals("content", client.send("GET", "/one/key", "").body());
      assertStatus(403, client.get("/one/key"));
    }
  }

  @Test
  void aDirectoryKeepsKeyAndContentOverARestart() {
    var options = ServerOptions.inMemory().withDirectory(dir.resolve("data"));
    var first = CofferServer.start(options);
    try (first) {
      var client = Client.of(first);
      assertEquals(RootKey.Source.NEW, first.rootKey().source());
      assertStatus(200, client.send("PUT", "/one", ""));
      assertStatus(200, client.send("PUT", "/one/key", "content"));
    }
    try (var second = CofferServer.start(options)) {
      var client = Client.of(second);
      assertEquals(RootKey.Source.KEPT, second.rootKey().source());
      assertEquals(first.rootCredential(), second.rootCredential());
      assertEquals("content", client.send("GET", "/one/key", "").body());
    }
  }

  @Test
  void theRootKeyThatWasGivenBeforeIsNoLongerGood() {
    var data = dir.resolve("data");
    var before =
        Map.of(Setting.ROOT_ACCESS_KEY, "before", Setting.ROOT_SECRET_KEY, "secret before");
    try (var server = CofferServer.start(options(data, before))) {
      var client = Client.of(server);
      assertStatus(200, client.send("GET", "/", ""));
    }
    var after = Map.of(Setting.ROOT_ACCESS_KEY, "after", Setting.ROOT_SECRET_KEY, "secret after");
    try (var server = CofferServer.start(options(data, after))) {
      var client = Client.of(server);
      var old = new Client(server.address(), "before", "secret before", "us-east-1");
      assertStatus(200, client.send("GET", "/", ""));
      assertStatus(403, old.send("GET", "/", ""));
    }
  }

  @Test
  void aBootstrapFileCanBeAppliedAgain() throws IOException {
    var file =
        Files.writeString(
            dir.resolve("accounts.json"),
            """
            {"accounts": [{"id": "111111111111", "name": "main", "canonicalId": "c1",
               "rootKeys": [{"accessKeyId": "KEY1", "secretAccessKey": "long enough"}]}],
             "buckets": [{"name": "one", "account": "main", "versioning": "Enabled"},
               {"name": "two", "account": "root"}]}
            """);
    var flags = Map.of(Setting.REGION, "eu-central-1", Setting.BOOTSTRAP, file.toString());
    for (int start = 0; start < 2; start++) {
      try (var server = CofferServer.start(options(dir.resolve("data"), flags))) {
        var main = new Client(server.address(), "KEY1", "long enough", "eu-central-1");
        assertStatus(200, main.send("PUT", "/one/key", "content"));
        assertTrue(main.send("GET", "/one?versioning", "").body().contains("Enabled"));
        assertStatus(403, main.send("GET", "/two", ""));
      }
    }
  }

  @Test
  void aBucketThatAnotherAccountHasIsNamed() throws IOException {
    var options = ServerOptions.inMemory().withDirectory(dir.resolve("data"));
    try (var server = CofferServer.start(options)) {
      var client = Client.of(server);
      assertStatus(200, client.send("PUT", "/one", ""));
    }
    var file =
        Files.writeString(
            dir.resolve("accounts.json"),
            """
            {"accounts": [{"id": "111111111111", "name": "main", "canonicalId": "c1"}],
             "buckets": [{"name": "one", "account": "main"}]}
            """);
    var error =
        assertThrows(UsageException.class, () -> CofferServer.start(options.withBootstrap(file)));
    assertTrue(String.valueOf(error.getMessage()).contains("'one'"), error.getMessage());
    assertEquals(1, error.exitStatus());
    CofferServer.start(options).close();
  }

  @Test
  void healthNeedsNoSignature() {
    try (var server = CofferServer.start(ServerOptions.inMemory())) {
      var client = Client.of(server);
      assertStatus(200, client.get("/-/health/live"));
      assertStatus(200, client.get("/-/health/ready"));
    }
  }

  @Test
  void stoppingWaitsForTheRequestInFlightAndRefusesNewConnections() throws Exception {
    var server = CofferServer.start(ServerOptions.inMemory());
    var client = Client.of(server);
    try (server;
        var socket = new Socket("127.0.0.1", server.address().getPort())) {
      assertStatus(200, client.send("PUT", "/one", ""));
      var uri = client.presigned("PUT", "/one/key");
      var out = socket.getOutputStream();
      write(
          out,
          """
          PUT %s?%s HTTP/1.1\r
          Host: %s\r
          Content-Length: 7\r
          Expect: 100-continue\r
          Connection: close\r
          \r
          """
              .formatted(uri.getRawPath(), uri.getRawQuery(), uri.getAuthority()));
      assertEquals('H', socket.getInputStream().read(), "the server asks for the body");
      var stop = CompletableFuture.runAsync(server::stop);
      awaitRefusal(server.address().getPort());
      write(out, "content");
      var answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answers.contains("\r\nHTTP/1.1 200 "), answers);
      stop.get(30, TimeUnit.SECONDS);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static void awaitRefusal(int port) throws Exception {
    while (true) {
      try (var socket = new Socket("127.0.0.1", port)) {
        Thread.sleep(10);
      } catch (ConnectException e) {
        return;
      }
    }
  }

  @Test
  void closingTwiceIsClosingOnce() {
    var server = CofferServer.start(ServerOptions.inMemory());
    server.close();
    server.close();
    var client = Client.of(server);
    assertThrows(RuntimeException.class, () -> client.get("/-/health/live"));
  }

  @Test
  void optionsInMemoryHaveNoDirectory() {
    assertNull(ServerOptions.inMemory().directory());
    assertEquals(dir, ServerOptions.inMemory().withDirectory(dir).directory());
  }
}
