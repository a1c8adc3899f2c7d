package io.coffer.auth;

import org.jspecify.annotations.Nullable;

/** Finds access keys. Thread-safe. */
public interface Credentials {
  /** The credential of a permanent access key, or null when there is none. */
  @Nullable Credential find(String accessKeyId);

  /**
   * The credential of a session, whether it has expired or not.
   *
   * @param token any text: it comes from the client
   * @return its caller is in that session; null when the token is not one that was handed out for
   *     this access key
   */
  default @Nullable Credential ofSession(String accessKeyId, String token) {
    return null;
  }
}
