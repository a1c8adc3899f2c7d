package io.coffer.api.transport;

import io.coffer.model.Headers;
import java.nio.charset.StandardCharsets;

/** Writes refusals in the words of the protocol above HTTP. Thread-safe, and never blocks. */
@FunctionalInterface
public interface RefusalRenderer {

  /**
   * What goes out with the refusal's status, beside {@code Content-Length} and {@code Connection:
   * close}.
   *
   * @param content at most 16 KiB; must not change afterwards
   */
  record Rendered(Headers headers, byte[] content) {}

  Rendered render(Refusal refusal);

  /** Plain text. */
  static RefusalRenderer plain() {
    return refusal ->
        new Rendered(
            Headers.builder().add("Content-Type", "text/plain; charset=utf-8").build(),
            (refusal.code() + ": " + refusal.message() + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
