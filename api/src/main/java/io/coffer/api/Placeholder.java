package io.coffer.api;

/** To come. */
public final class Placeholder {
  private Placeholder() {}
}
