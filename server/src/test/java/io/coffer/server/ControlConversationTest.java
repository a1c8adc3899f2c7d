package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;

/** A peer that does not take what it is told; its order has come before the conversation begins. */
@Timeout(60)
class ControlConversationTest {
  private static final int LINES = 1_000;

  /** A few of these are more than a socket holds. */
  private static final String LONG = "still talking ".repeat(5_000);

  @TempDir Path dir;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Map<String, ControlCommand> commands =
      Map.of(
          "chatter",
          (request, progress) -> {
            for (int i = 0; i < LINES; i++) {
              progress.accept(LONG);
            }
            ended.countDown();
            return JsonNodeFactory.instance.objectNode();
          });

  private SocketChannel peer;
  private SocketChannel server;

  ControlConversationTest() throws IOException {
    peer = SocketChannel.open(StandardProtocolFamily.UNIX);
    server = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  @BeforeEach
  void connect() throws IOException {
    var address = UnixDomainSocketAddress.of(dir.resolve("socket"));
    try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listening.bind(address);
      peer.connect(address);
      server.close();
      server = listening.accept();
    }
    peer.write(UTF_8.encode("{\"command\":\"chatter\"}\n"));
  }

  @AfterEach
  void close() throws IOException {
    peer.close();
    server.close();
  }

  private List<String> said() throws IOException {
    return new String(Channels.newInputStream(peer).readAllBytes(), UTF_8).lines().toList();
  }

  @Test
  void aPeerThatTakesNothingIsCutOff() throws IOException {
    new ControlConversation(server, Duration.ofSeconds(1)).serve(commands);
    assertFalse(server.isOpen());
    var said = said();
    assertFalse(said.isEmpty());
    assertTrue(said.getFirst().startsWith("{\"progress\":\"still talking"), said.getFirst());
    assertFalse(said.getLast().startsWith("{\"answer\""), said.getLast());
  }

  @Test
  void workDoesNotWaitForAPeerThatTakesNothing() throws Exception {
    var conversation = new ControlConversation(server, Duration.ofHours(1));
    var serving =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (conversation) {
                    conversation.serve(commands);
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                });
    ended.await();
    var said = said();
    serving.join();
    assertTrue(said.size() < LINES, said.size() + " lines were kept for it");
    assertEquals("{\"answer\":{}}", said.getLast());
  }
}
