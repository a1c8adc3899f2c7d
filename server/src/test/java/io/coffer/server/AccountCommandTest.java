package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code coffer account} and {@code coffer keys}, beside a server and without one. */
class AccountCommandTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path scratch;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Path data() {
    return scratch.resolve("data");
  }

  private ServerOptions options() {
    return ServerOptions.inMemory().withDirectory(data());
  }

  @BeforeEach
  void makeStore() {
    CofferServer.start(options()).close();
  }

  private int run(String... arguments) {
    return run(Map.of(), arguments);
  }

  private int run(Map<String, String> environment, String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Coffer.run(arguments, environment, new PrintWriter(out), new PrintWriter(err));
  }

  private JsonNode create(String... options) {
    var arguments = new String[options.length + 4];
    System.arraycopy(
        new String[] {"account", "create", data().toString(), "--json"}, 0, arguments, 0, 4);
    System.arraycopy(options, 0, arguments, 4, options.length);
    assertEquals(0, run(arguments), err.toString());
    return JSON.readTree(out.toString());
  }

  @Test
  void anAccountIsCreatedShownAndDeletedWithoutAServer() {
    var made = create("photos", "--email", "photos@example.com");
    var id = made.path("id").asString();
    assertTrue(id.matches("\\d{12}"), id);
    assertEquals(0, run("account", "list", data().toString()));
    assertTrue(out.toString().contains(id + "  photos"), out.toString());
    assertEquals(1, run("account", "create", data().toString(), "other", "--id", id));
    assertTrue(err.toString().contains("already"), err.toString());
    assertEquals(0, run("account", "show", data().toString(), "photos"));
    assertTrue(out.toString().contains("photos@example.com"), out.toString());
    assertFalse(out.toString().contains(made.path("secretAccessKey").asString()));
    assertEquals(0, run("account", "delete", data().toString(), id));
    assertEquals(1, run("account", "show", data().toString(), id));
    assertEquals(1, run("account", "delete", data().toString(), "root"));
  }

  @Test
  void aServerThatRunsDoesItAtOnce() {
    try (var server = CofferServer.start(options())) {
      var made = create("photos");
      var client =
          new Client(
              server.address(),
              made.path("accessKeyId").asString(),
              made.path("secretAccessKey").asString(),
              "us-east-1");
      assertEquals(200, client.send("PUT", "/album", "").status());
      assertEquals(1, run("account", "delete", data().toString(), "photos"));
      assertTrue(err.toString().contains("still has 1 bucket"), err.toString());
      var key = keyLines();
      assertEquals(0, run("keys", "rotate", data().toString()), err.toString());
      assertFalse(key.equals(keyLines()));
      assertEquals(200, client.send("GET", "/album", "").status());
      assertEquals(204, client.send("DELETE", "/album", "").status());
      assertEquals(0, run("account", "delete", data().toString(), "photos"), err.toString());
      assertEquals(403, client.send("GET", "/album", "").status());
    }
  }

  private Path keyFile() {
    return data().resolve("secrets/seal.key");
  }

  private String keyLines() {
    try {
      return Files.readString(keyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aNewKeyStaysInTheFileWithTheOldOne() throws IOException {
    var before = keyLines().lines().filter(line -> !line.startsWith("#")).toList();
    assertEquals(0, run("keys", "rotate", data().toString()), err.toString());
    var after = keyLines().lines().filter(line -> !line.startsWith("#")).toList();
    assertEquals(2, after.size());
    assertTrue(after.get(1).startsWith(before.getFirst() + " 2"), "the old one, and since when");
    var mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile()));
    assertEquals("rw-------", mode);
    CofferServer.start(options()).close();
  }

  @Test
  void withoutItsKeyAStoreIsNotOpenedAndNotChanged() throws IOException {
    var away = Files.move(keyFile(), scratch.resolve("away"));
    assertEquals(1, run("account", "list", data().toString()));
    assertTrue(err.toString().contains("seal.key is not there; restore it"), err.toString());
    assertFalse(Files.exists(keyFile()));
    var other = Map.of("COFFER_SEAL_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
    assertEquals(1, run(other, "account", "list", data().toString()));
    assertTrue(err.toString().contains("are sealed with the key"), err.toString());
    var given = Map.of("COFFER_SEAL_KEY_FILE", away.toString());
    Files.writeString(away, Files.readString(away).lines().skip(1).findFirst().orElseThrow());
    assertEquals(0, run(given, "account", "list", data().toString()), err.toString());
    assertEquals(1, run(given, "keys", "rotate", data().toString()));
    assertTrue(err.toString().contains("given by a setting"), err.toString());
    Files.move(away, keyFile());
    CofferServer.start(options()).close();
  }
}
