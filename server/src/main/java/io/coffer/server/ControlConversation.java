package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The server's side of one connection of the {@link ControlSocket}. A peer that neither sends nor
 * takes is cut off after some time, so that it holds nobody up.
 */
final class ControlConversation implements Closeable {
  static final int REQUEST_BYTES_AT_MOST = 64 << 10;

  private static final Logger LOG = System.getLogger(ControlConversation.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SocketChannel peer;
  private final Duration patience;

  /** Held while a line is written; progress may come from any thread. */
  private final ReentrantLock writing = new ReentrantLock();

  private boolean gone;

  ControlConversation(SocketChannel peer, Duration patience) {
    this.peer = peer;
    this.patience = patience;
  }

  void serve(Map<String, ControlCommand> commands) throws IOException {
    var line = timed(this::readLine);
    if (line == null) {
      return;
    }
    try {
      var answer = run(line, commands);
      write("answer", answer);
    } catch (UsageException e) {
      write("error", JsonNodeFactory.instance.stringNode(Messages.of(e) + "."));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "An order through the control socket failed", e);
      write("error", JsonNodeFactory.instance.stringNode(Messages.of(e) + "."));
    }
  }

  private JsonNode run(String line, Map<String, ControlCommand> commands) {
    JsonNode request;
    try {
      request = JSON.readTree(line);
    } catch (JacksonException e) {
      throw UsageException.wrong("An order must be one line of JSON.");
    }
    var name = request.path("command");
    var command = name.isString() ? commands.get(name.asString()) : null;
    if (command == null) {
      throw UsageException.wrong(
          "This server does not know that order; it knows "
              + String.join(", ", new TreeSet<>(commands.keySet()))
              + ". Use the coffer command of the server's version.");
    }
    return command.run(
        request, text -> write("progress", JsonNodeFactory.instance.stringNode(text)));
  }

  /** The request; null when the peer ended without one. */
  private @Nullable String readLine() throws IOException {
    var bytes = ByteBuffer.allocate(REQUEST_BYTES_AT_MOST);
    while (true) {
      int from = bytes.position();
      if (!bytes.hasRemaining()) {
        write(
            "error",
            JsonNodeFactory.instance.stringNode(
                "An order may have %d bytes.".formatted(REQUEST_BYTES_AT_MOST)));
        return null;
      }
      if (peer.read(bytes) < 0) {
        return null;
      }
      for (int i = from; i < bytes.position(); i++) {
        if (bytes.get(i) == '\n') {
          return new String(bytes.array(), 0, i, UTF_8);
        }
      }
    }
  }

  /** Writes a line; does nothing when the peer is gone, which is no reason to stop work. */
  private void write(String kind, JsonNode value) {
    var line = JSON.writeValueAsString(JsonNodeFactory.instance.objectNode().set(kind, value));
    var bytes = UTF_8.encode(line + "\n");
    writing.lock();
    try {
      if (!gone) {
        timed(
            () -> {
              while (bytes.hasRemaining()) {
                peer.write(bytes);
              }
              return null;
            });
      }
    } catch (IOException e) {
      gone = true;
    } finally {
      writing.unlock();
    }
  }

  @FunctionalInterface
  private interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /** Runs a step that waits for the peer, and cuts the connection when that takes too long. */
  private <T extends @Nullable Object> T timed(Step<T> step) throws IOException {
    var watch =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    Thread.sleep(patience);
                    peer.close();
                  } catch (InterruptedException e) {
                    // It was done in time.
                  } catch (IOException e) {
                    LOG.log(Level.DEBUG, "A connection of the control socket was not closed", e);
                  }
                });
    try {
      return step.run();
    } finally {
      watch.interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    peer.close();
  }
}
