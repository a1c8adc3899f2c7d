package io.coffer.api.transport;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** One request on a connection, from the end of its head to the end of its answer. */
final class NettyExchange implements Exchange, Runnable {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  private final ConnectionHandler connection;
  private final ExchangeHandler handler;
  private final RefusalRenderer renderer;
  private final AcceptedHead accepted;
  private final RequestBody body;
  private final ResponseWriter response;

  NettyExchange(
      ConnectionHandler connection,
      ExchangeHandler handler,
      RefusalRenderer renderer,
      AcceptedHead accepted,
      RequestBody body) {
    this.connection = connection;
    this.handler = handler;
    this.renderer = renderer;
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
    return connection.client().address();
  }

  @Override
  public boolean secure() {
    return connection.client().tlsVersion() != null;
  }

  @Override
  public @Nullable String tlsVersion() {
    return connection.client().tlsVersion();
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
    boolean clientGone = body.isLost() || !connection.client().connected();
    if (clientGone && cause instanceof IOException) {
      LOG.log(System.Logger.Level.DEBUG, "The client went away", cause);
      return;
    }
    if (response.done()) {
      LOG.log(System.Logger.Level.WARNING, "A handler failed after its answer", cause);
    } else if (response.begun()) {
      LOG.log(System.Logger.Level.WARNING, "An answer broke off", cause);
      connection.client().abort();
    } else if (cause instanceof S3Exception refusal) {
      refuse(refusal);
    } else {
      LOG.log(System.Logger.Level.ERROR, "A handler failed", cause);
      respondAndClose(500, Headers.builder(), new byte[0]);
    }
  }

  /** The handler let an error through, such as that of a body with broken framing. */
  private void refuse(S3Exception exception) {
    var error = exception.error();
    var rendered =
        renderer.render(
            new Refusal(error.status(), error.code(), String.valueOf(exception.getMessage())));
    var headers = Headers.builder();
    rendered.headers().fields().forEach(field -> headers.add(field.name(), field.value()));
    respondAndClose(error.status(), headers, rendered.content());
  }

  private void respondAndClose(int status, Headers.Builder headers, byte[] content) {
    try {
      response.write(status, headers.add("Connection", "close").build(), Body.of(content));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "The failure could not be answered", e);
      connection.client().abort();
    }
  }
}
