package io.coffer.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that forget what was used longest ago. */
public final class LatestUsed {
  private LatestUsed() {}

  /**
   * An empty map. Thread-safe.
   *
   * @param most how many entries it keeps
   */
  public static <K, V> Map<K, V> map(int most) {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > most;
          }
        });
  }
}
