package io.coffer.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states in which a key may be found. One writer at a time sends requests for it, one after the
 * other: what was answered fixes the state, and a request that was never answered leaves two, the
 * one before it and the one after it. Not thread-safe.
 */
final class AllowedStates {
  private KeyState settled = KeyState.EMPTY;
  private @Nullable KeyState unacknowledged;

  /**
   * The only state that is allowed.
   *
   * @throws IllegalStateException if a request was left unanswered
   */
  KeyState only() {
    if (unacknowledged != null) {
      throw new IllegalStateException("two states are allowed");
    }
    return settled;
  }

  /** A request goes out that would lead to this state. */
  void begin(KeyState after) {
    only();
    unacknowledged = after;
  }

  /** The request was answered, and this is now the state. */
  void acknowledge(KeyState after) {
    settled = after;
    unacknowledged = null;
  }

  List<KeyState> all() {
    return unacknowledged == null ? List.of(settled) : List.of(settled, unacknowledged);
  }

  /**
   * Holds what a server has against what is allowed; the state that fits is the only one from now
   * on.
   *
   * @return what is wrong, or null
   */
  @Nullable String settle(FoundKey found) {
    for (var state : all()) {
      var adopted = state.adopt(found);
      if (adopted != null) {
        acknowledge(adopted);
        return null;
      }
    }
    var expected =
        unacknowledged == null
            ? "expected (acknowledged): " + settled
            : "expected (acknowledged): %s%n  or (not acknowledged): %s"
                .formatted(settled, unacknowledged);
    return "%s%n  found: %s".formatted(expected, found);
  }
}
