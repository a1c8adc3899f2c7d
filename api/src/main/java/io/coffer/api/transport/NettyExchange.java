package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One request on a connection, from the end of its head to the end of its answer. */
final class NettyExchange implements Exchange, Runnable {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  private final ConnectionHandler connection;
  private final ExchangeHandler handler;
  private final AcceptedHead accepted;
  private final RequestBody body;
  private final ResponseWriter response;

  NettyExchange(
      ConnectionHandler connection,
      ExchangeHandler handler,
      AcceptedHead accepted,
      RequestBody body) {
    this.connection = connection;
    this.handler = handler;
    this.accepted = accepted;
    this.body = body;
    this.response = new ResponseWriter(connection, accepted, body);
  }

  @Override
  public RequestHead head() {
    return accepted.head();
  }

  @Override
  public InetSocketAddress remote() {
    return connection.remote();
  }

  @Override
  public boolean secure() {
    return false;
  }

  @Override
  public Body body() {
    return body;
  }

  @Override
  public void respond(int status, Headers headers, Body content) throws IOException {
    response.write(status, headers, content);
  }

  /** Handles the request, on a thread of its own, and leaves nothing behind. */
  @Override
  public void run() {
    try {
      handler.handle(this);
      if (!response.begun()) {
        throw new IllegalStateException("The handler returned without an answer.");
      }
    } catch (Throwable e) {
      failed(e);
    } finally {
      body.close();
      connection.exchangeLeft(response.done());
    }
  }

  private void failed(Throwable cause) {
    boolean clientGone = !connection.open();
    if (clientGone && cause instanceof IOException) {
      LOG.log(System.Logger.Level.DEBUG, "The client went away", cause);
      return;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        () -> "The handler of " + accepted.head().method() + " failed",
        cause);
    if (clientGone || response.done()) {
      return;
    }
    if (response.begun()) {
      connection.abort();
      return;
    }
    try {
      var close = Headers.builder().add("Connection", "close").build();
      response.write(500, close, Body.empty());
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "The failure could not be answered", e);
      connection.abort();
    }
  }
}
