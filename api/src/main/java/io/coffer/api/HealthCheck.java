package io.coffer.api;

import java.util.Optional;

/** Tells whether the server can do its work. Thread-safe, and quick. */
@FunctionalInterface
public interface HealthCheck {
  /** Nothing when it can; else one sentence that says why not. */
  Optional<String> problem();
}
