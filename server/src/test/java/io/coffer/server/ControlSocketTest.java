package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Orders, well and badly made. */
@Timeout(60)
class ControlSocketTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, ControlCommand> COMMANDS =
      Map.of(
          "twice",
          (request, progress) -> {
            progress.accept("half \"way\"");
            return object().put("number", 2 * request.path("number").asInt(0));
          },
          "refuse",
          (request, progress) -> {
            throw UsageException.failed("Not today; ask tomorrow.");
          },
          "break",
          (request, progress) -> {
            throw new IllegalStateException("it broke");
          },
          "chatter",
          (request, progress) -> {
            for (int i = 0; i < 1_000; i++) {
              progress.accept("still talking");
            }
            return object();
          });

  @TempDir Path dir;

  private Path data;
  private ControlSocket control;

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  @BeforeEach
  void open() throws IOException {
    data = Files.createDirectory(dir.resolve("data"));
    control = open(data, Duration.ofSeconds(20));
  }

  private ControlSocket open(Path where, Duration patience) throws IOException {
    return ControlSocket.open(ControlPlace.of(where, dir), COMMANDS, patience);
  }

  @AfterEach
  void close() {
    control.close();
  }

  private static int twice(Path where, int number, List<String> progress) {
    var request = object().put("command", "twice").put("number", number);
    return new ControlClient(where).ask(request, progress::add).path("number").asInt(0);
  }

  private static void assertWorks(Path where) {
    assertEquals(42, twice(where, 21, new ArrayList<>()));
  }

  /** One whose peers are cut off soon may cut off this one too, when the machine is busy. */
  private static void assertWorksInTheEnd(Path where) {
    while (true) {
      try {
        assertWorks(where);
        return;
      } catch (UsageException e) {
        assertTrue(Files.exists(where.resolve("control")), e.getMessage());
      }
    }
  }

  private static String order(String command) {
    return JSON.writeValueAsString(object().put("command", command)) + "\n";
  }

  @Test
  void anOrderIsAnsweredAfterItsProgress() {
    var progress = new ArrayList<String>();
    assertEquals(14, twice(data, 7, progress));
    assertEquals(List.of("half \"way\""), progress);
  }

  @Test
  void aRefusalIsSaidAsItIs() {
    var client = new ControlClient(data);
    var refusal =
        assertThrows(
            UsageException.class, () -> client.ask(object().put("command", "refuse"), text -> {}));
    assertEquals("Not today; ask tomorrow.", refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\n",
        "nonsense\n",
        "[]\n",
        "{}\n",
        "{\"command\":7}\n",
        "{\"command\":\"none\"}\n",
        "{\"command\":\"twice\"\n",
        "{\"command\":\"break\"}\n",
        "\u0000\u0001\ud83d\ude00\n"
      })
  void whatIsNoOrderIsAnErrorAndTheNextOneIsServed(String bytes) throws IOException {
    var said = said(data, bytes.getBytes(UTF_8));
    assertTrue(said.startsWith("{\"error\":\""), said);
    assertTrue(said.endsWith(".\"}\n"), said);
    assertWorks(data);
  }

  @Test
  void nestingAndLengthHaveBounds() throws IOException {
    var deep = said(data, ("[".repeat(60_000) + "\n").getBytes(UTF_8));
    assertTrue(deep.startsWith("{\"error\":\""), deep);
    var full = said(data, "a".repeat(ControlConversation.REQUEST_BYTES_AT_MOST).getBytes(UTF_8));
    assertTrue(full.contains("65536 bytes"), full);
    assertWorks(data);
  }

  @Test
  void randomBytesDoNoHarm() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      var bytes = new byte[1 + random.nextInt(3_000)];
      random.nextBytes(bytes);
      bytes[bytes.length - 1] = '\n';
      var said = said(data, bytes);
      assertTrue(said.startsWith("{\"error\":\""), said + " with the seed " + seed);
    }
    assertWorks(data);
  }

  @Test
  void idlePeersAreCutOffSoThatOthersAreServed() throws Exception {
    control.close();
    control = open(data, Duration.ofMillis(300));
    var idle = new ArrayList<SocketChannel>();
    for (int i = 0; i < 12; i++) {
      idle.add(connected(data));
    }
    assertWorksInTheEnd(data);
    for (var one : idle) {
      assertEquals(-1, one.read(ByteBuffer.allocate(1)));
      one.close();
    }
  }

  @Test
  void aPeerThatLeavesAtOnceDoesNoHarm() throws IOException {
    for (int i = 0; i < 30; i++) {
      try (var peer = connected(data)) {
        peer.write(UTF_8.encode(i % 2 == 0 ? order("chatter") : "{\"com"));
      }
    }
    assertWorks(data);
  }

  @Test
  void theOwnerAloneCanOpenItAndNothingElseIsLeft() throws IOException {
    assertEquals("rw-------", mode(data.resolve("control")));
    assertEquals(List.of("control"), entries(data));
    control.close();
    control.close();
    assertEquals(List.of(), entries(data));
  }

  @Test
  void aSocketThatACrashLeftIsReplaced() throws IOException {
    Files.createDirectory(data.resolve(".control.new"));
    Files.writeString(data.resolve(".control.new/control"), "");
    Files.writeString(data.resolve("control.path"), "/nowhere/control\n");
    var second = open(data, Duration.ofSeconds(20));
    try {
      assertWorks(data);
      assertEquals(List.of("control"), entries(data));
    } finally {
      second.close();
    }
  }

  @Test
  void aLongPathHasItsSocketAmongTheTemporaryFiles() throws IOException {
    var deep = Files.createDirectories(data.resolve("d".repeat(120)).resolve("data"));
    try (var second = open(deep, Duration.ofSeconds(20))) {
      assertFalse(Files.exists(deep.resolve("control")));
      var socket = Path.of(Files.readString(deep.resolve("control.path")).strip());
      var made = Objects.requireNonNull(socket.getParent());
      assertEquals(dir, made.getParent());
      assertEquals("rw-------", mode(deep.resolve("control.path")));
      assertEquals("rw-------", mode(socket));
      assertEquals("rwx------", mode(made));
      assertWorks(deep);
      second.close();
      assertEquals(List.of(), entries(deep));
      assertFalse(Files.exists(made));
    }
    var refusal = assertThrows(UsageException.class, () -> assertWorks(deep));
    assertTrue(String.valueOf(refusal.getMessage()).contains("no control socket"));
  }

  @Test
  void aServerThatEndsSaysNothingMore() throws IOException {
    try (var peer = connected(data)) {
      assertWorks(data); // so that this one, which came before, is served too
      control.close();
      assertEquals(-1, peer.read(ByteBuffer.allocate(1)));
    }
    var refusal = assertThrows(UsageException.class, () -> assertWorks(data));
    assertTrue(String.valueOf(refusal.getMessage()).endsWith("stop it first."));
  }

  private static SocketChannel connected(Path where) throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(where.resolve("control")));
    return channel;
  }

  private static String said(Path where, byte[] bytes) throws IOException {
    try (var peer = connected(where)) {
      var order = ByteBuffer.wrap(bytes);
      while (order.hasRemaining()) {
        peer.write(order);
      }
      return new String(Channels.newInputStream(peer).readAllBytes(), UTF_8);
    }
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static List<String> entries(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
