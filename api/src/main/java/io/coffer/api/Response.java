package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.Headers;

/**
 * An answer that is ready to go out.
 *
 * @param headers without those that every answer has
 * @param body to be closed by whoever sends it
 */
record Response(int status, Headers headers, Body body) {
  static final String XML = "application/xml";

  /** An answer of XML. */
  static Response xml(int status, Headers.Builder headers, byte[] document) {
    return new Response(status, headers.add("Content-Type", XML).build(), Body.of(document));
  }
}
