package io.coffer.api.limits;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what each of many names holds at once. It remembers those alone that hold something.
 * Thread-safe.
 */
final class Slots {
  private final int most;
  private final ConcurrentHashMap<String, Integer> held = new ConcurrentHashMap<>();

  /**
   * @param most that one name may hold at once; 0 for any number
   */
  Slots(int most) {
    this.most = most;
  }

  /** Takes a slot, to be given back by {@link #leave}, or says that there is none left. */
  boolean enter(String name) {
    if (most == 0) {
      return true;
    }
    var entered = new boolean[1];
    held.compute(
        name,
        (key, count) -> {
          int before = count == null ? 0 : count;
          entered[0] = before < most;
          return entered[0] ? Integer.valueOf(before + 1) : count;
        });
    return entered[0];
  }

  /** Gives back a slot that {@link #enter} gave. */
  void leave(String name) {
    if (most > 0) {
      held.computeIfPresent(name, (key, count) -> count == 1 ? null : count - 1);
    }
  }

  /** How many names hold something. */
  int names() {
    return held.size();
  }
}
