package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
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

  private static final String END = "";

  private static final Logger LOG = System.getLogger(ControlConversation.class.getName());
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Lines that the peer has not taken yet. */
  private static final int LINES_WAITING = 64;

  private final SocketChannel peer;
  private final Duration patience;

  /**
   * Progress comes from threads that must not wait for a peer, so one thread writes for all; an
   * empty line is the end.
   */
  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(LINES_WAITING);

  ControlConversation(SocketChannel peer, Duration patience) {
    this.peer = peer;
    this.patience = patience;
  }

  /** Takes one order, and returns when its answer is written or the peer is gone. */
  void serve(Map<String, ControlCommand> commands) throws IOException {
    var writer = Thread.ofVirtual().name("control-writer").start(this::writeLines);
    try {
      var order = timed(this::readLine);
      if (order != null) {
        lines.put(last(order, commands));
      }
      lines.put(END);
      writer.join();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    } finally {
      writer.interrupt();
    }
  }

  /** The line that ends the conversation. */
  private String last(String order, Map<String, ControlCommand> commands) {
    try {
      return line("answer", run(order, commands));
    } catch (UsageException e) {
      return line("error", text(Messages.of(e) + "."));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "An order through the control socket failed", e);
      return line("error", text(Messages.of(e) + "."));
    }
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }

  private static String line(String kind, JsonNode value) {
    return JSON.writeValueAsString(JsonNodeFactory.instance.objectNode().set(kind, value)) + "\n";
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
    // A peer that does not keep up misses some.
    return command.run(request, progress -> lines.offer(line("progress", text(progress))));
  }

  /** The request; null when the peer ended without one, or was told what is wrong with it. */
  private @Nullable String readLine() throws IOException {
    var bytes = ByteBuffer.allocate(REQUEST_BYTES_AT_MOST);
    while (true) {
      int from = bytes.position();
      if (!bytes.hasRemaining()) {
        lines.add(
            line("error", text("An order may have %d bytes.".formatted(REQUEST_BYTES_AT_MOST))));
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

  /** Writes lines to the last one; when the peer is gone, which is no reason to stop work, none. */
  private void writeLines() {
    boolean gone = false;
    try {
      for (var line = lines.take(); !line.equals(END); line = lines.take()) {
        if (!gone) {
          gone = !isWritten(UTF_8.encode(line));
        }
      }
    } catch (InterruptedException e) {
      LOG.log(Level.DEBUG, "A conversation through the control socket broke off", e);
    }
  }

  private boolean isWritten(ByteBuffer bytes) {
    try {
      return timed(
          () -> {
            while (bytes.hasRemaining()) {
              peer.write(bytes);
            }
            return true;
          });
    } catch (IOException e) {
      return false;
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
