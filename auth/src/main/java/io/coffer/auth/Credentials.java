package io.coffer.auth;

import org.jspecify.annotations.Nullable;

/** Finds access keys. Thread-safe. */
public interface Credentials {
  /** The credential of an access key, or null when there is none. */
  @Nullable Credential find(String accessKeyId);
}
