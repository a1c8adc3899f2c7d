package io.coffer.server;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Takes orders from the {@code coffer} command on the same machine, through a Unix domain socket
 * that the owner of the data directory alone can open. A connection is one order: a line of JSON
 * with its name as {@code command}; the server answers with lines {@code {"progress":"…"}} and a
 * last one, {@code {"answer":{…}}} or {@code {"error":"…"}}. Thread-safe.
 */
final class ControlSocket implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ControlSocket.class.getName());
  private static final int CONNECTIONS = 8;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ControlPlace place;
  private final ServerSocketChannel listening;
  private final Path socket;
  private final Map<String, ControlCommand> commands;
  private final Duration patience;
  private final Semaphore room = new Semaphore(CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private ControlSocket(
      ControlPlace place,
      ControlPlace.Listening listening,
      Map<String, ControlCommand> commands,
      Duration patience) {
    this.place = place;
    this.listening = listening.channel();
    this.socket = listening.socket();
    this.commands = Map.copyOf(commands);
    this.patience = patience;
  }

  /**
   * Listens until it is closed.
   *
   * @param patience how long a peer may take to send its order, or to take a line
   */
  static ControlSocket open(
      ControlPlace place, Map<String, ControlCommand> commands, Duration patience)
      throws IOException {
    var control = new ControlSocket(place, place.listen(), commands, patience);
    Thread.ofVirtual().name("control").start(control::accept);
    return control;
  }

  /** Ends connections too; an order that is under way goes on, unheard. Idempotent. */
  @Override
  public void close() {
    try (listening) {
      if (listening.isOpen()) {
        place.remove(socket);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The control socket was not removed: {0}", Messages.of(e));
    }
    open.forEach(ControlSocket::end);
  }

  private void accept() {
    while (listening.isOpen()) {
      try {
        room.acquireUninterruptibly();
        var peer = listening.accept();
        open.add(peer);
        if (!listening.isOpen()) {
          end(peer); // close() may have been through those that are open before it was one
        }
        Thread.ofVirtual().name("control-order").start(() -> serve(peer));
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException e) {
        LOG.log(Level.WARNING, "The control socket did not take an order: {0}", Messages.of(e));
        room.release();
        pause();
      }
    }
  }

  /** Too many open files, say: that may pass. */
  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(SocketChannel peer) {
    try (peer;
        var conversation = new ControlConversation(peer, patience)) {
      conversation.serve(commands);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "An order through the control socket broke off", e);
    } finally {
      open.remove(peer);
      room.release();
    }
  }

  private static void end(SocketChannel peer) {
    try {
      peer.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A connection of the control socket was not closed", e);
    }
  }
}
