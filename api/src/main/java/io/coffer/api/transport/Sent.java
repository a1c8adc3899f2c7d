package io.coffer.api.transport;

import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Where a thread waits until something is sent. The wait ends with the connection at the latest; an
 * interrupt does not end it, because what is being sent must not be let go before.
 */
final class Sent implements GenericFutureListener<Future<Void>> {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Runnable then;
  private volatile @Nullable Throwable failure;

  /**
   * @param then is run by the event loop once it is sent, before the wait ends
   */
  Sent(Runnable then) {
    this.then = then;
  }

  @Override
  public void operationComplete(Future<Void> future) {
    failure = future.cause();
    try {
      if (future.isSuccess()) {
        then.run();
      }
    } finally {
      ended.countDown();
    }
  }

  /**
   * @throws IOException it could not be sent
   */
  void await() throws IOException {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    var cause = failure;
    if (cause != null) {
      throw new IOException("The connection to the client was closed.", cause);
    }
  }
}
