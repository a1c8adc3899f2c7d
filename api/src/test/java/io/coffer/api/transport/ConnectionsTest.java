package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalIoHandler;
import io.netty.channel.local.LocalServerChannel;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
  private static final int ROUNDS = 5_000;

  /** What the listener does once all that it was told before is done. */
  private static boolean accepts(Channel listener) throws Exception {
    return listener
        .eventLoop()
        .submit(() -> listener.config().isAutoRead())
        .get(60, TimeUnit.SECONDS);
  }

  @Test
  void theListenerGoesOnWhenSeveralCloseAtOnce() throws Exception {
    var loops = new MultiThreadIoEventLoopGroup(1, LocalIoHandler.newFactory());
    try (var closers = Executors.newFixedThreadPool(2)) {
      var listener = new LocalServerChannel();
      loops.register(listener).sync();
      var connections = new Connections(2);
      connections.listenWith(listener);
      var first = new EmbeddedChannel();
      var second = new EmbeddedChannel();
      for (int i = 0; i < ROUNDS; i++) {
        connections.opened(first);
        connections.opened(second);
        assertFalse(accepts(listener), "round " + i);
        var together = new Phaser(2);
        var one = closers.submit(() -> close(connections, first, together));
        var other = closers.submit(() -> close(connections, second, together));
        one.get(60, TimeUnit.SECONDS);
        other.get(60, TimeUnit.SECONDS);
        assertTrue(accepts(listener), "round " + i);
      }
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  private static void close(Connections connections, Channel channel, Phaser together) {
    together.arriveAndAwaitAdvance();
    connections.closed(channel);
  }
}
