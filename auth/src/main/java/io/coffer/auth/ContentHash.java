package io.coffer.auth;

import java.io.IOException;

/** The hash of a body that is read for it, once it is known that somebody may have signed it. */
@FunctionalInterface
public interface ContentHash {
  /**
   * Reads the whole body.
   *
   * @return its SHA-256 in lower-case hex
   * @throws IOException the client went away
   */
  String sha256() throws IOException;
}
