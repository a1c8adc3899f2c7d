package io.coffer.api.transport;

import java.io.IOException;

/** What the server does with requests. Thread-safe. */
public interface ExchangeHandler {
  /**
   * Called on a virtual thread of its own for each request; answers it.
   *
   * @throws IOException the peer went away; nothing more to do
   */
  void handle(Exchange exchange) throws IOException;
}
