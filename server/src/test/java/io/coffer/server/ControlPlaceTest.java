package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What servers leave where their sockets are. */
class ControlPlaceTest {
  @TempDir Path dir;

  private Path temporary = Path.of("unset");

  @BeforeEach
  void makeTemporary() throws IOException {
    temporary = Files.createDirectory(dir.resolve("t"));
  }

  private ControlPlace place(Path data) {
    return ControlPlace.of(data, temporary);
  }

  /** A data directory whose path is too long for a socket in it. */
  private Path deep(String name) throws IOException {
    return Files.createDirectories(dir.resolve("d".repeat(120)).resolve(name));
  }

  private static List<Path> entries(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.toList();
    }
  }

  private static void connect(Path socket) throws IOException {
    SocketChannel.open(UnixDomainSocketAddress.of(socket)).close();
  }

  @Test
  void whatKilledServersLeftAmongTheTemporaryFilesGoes() throws IOException {
    var data = deep("data");
    for (int i = 0; i < 3; i++) {
      var listening = place(data).listen();
      var made = Objects.requireNonNull(listening.socket().getParent());
      assertEquals(List.of(made), entries(temporary));
      connect(listening.socket());
      listening.channel().close();
    }
  }

  @Test
  void theSocketOfTheServerThatHasTheOriginalOfACopyStays() throws IOException {
    var data = deep("data");
    var copy = deep("copy");
    var original = place(data).listen();
    try (var channel = original.channel()) {
      assertTrue(channel.isOpen());
      Files.copy(data.resolve(ControlPlace.POINTER), copy.resolve(ControlPlace.POINTER));
      var other = place(copy).listen();
      other.channel().close();
      connect(original.socket());
      assertEquals(2, entries(temporary).size());
    }
  }

  @Test
  void whatIsNoSocketOfOursStaysThoughAPointerNamesIt() throws IOException {
    var data = deep("data");
    for (var name : List.of("coffer-1/control", "coffer-2/other", "mine/control")) {
      var file = temporary.resolve(name);
      Files.createDirectories(temporary.resolve(name.split("/", -1)[0]));
      Files.writeString(file, "precious");
      Files.writeString(data.resolve(ControlPlace.POINTER), file + "\n");
      var listening = place(data).listen();
      listening.channel().close();
      place(data).remove(listening.socket());
      assertEquals("precious", Files.readString(file));
    }
  }

  @Test
  void aSocketThatGetsNoNameDoesNotListen() throws IOException {
    var data = Files.createDirectory(dir.resolve("data"));
    Files.createDirectories(data.resolve("control/in-the-way"));
    assertThrows(IOException.class, () -> place(data).listen());
    assertThrows(ConnectException.class, () -> connect(data.resolve(".control.new/control")));
  }

  @Test
  void aSocketThatNothingCanPointAtIsRemoved() throws IOException {
    var data = deep("data");
    Files.createDirectories(data.resolve("control.path.new/in-the-way"));
    assertThrows(IOException.class, () -> place(data).listen());
    assertEquals(List.of(), entries(temporary));
  }
}
