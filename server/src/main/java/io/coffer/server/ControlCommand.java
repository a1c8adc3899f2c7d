package io.coffer.server;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** Something that a running server does for those who may open its {@link ControlSocket}. */
@FunctionalInterface
interface ControlCommand {
  /**
   * Does it, on a virtual thread.
   *
   * @param request an object, with what the command needs to know; anything may be in it
   * @param progress takes sentences for whoever waits; never blocks, and does not fail when that
   *     one is slow or gone, who then misses some
   * @return the answer, an object
   * @throws UsageException it cannot be done; the message says what to do
   */
  JsonNode run(JsonNode request, Consumer<String> progress);
}
