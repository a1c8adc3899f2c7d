package io.coffer.service.identity;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was read by its name, until the next change of any entity. What is not there is not
 * remembered, so that guessing fills nothing. Bounded: when full it starts again empty.
 * Thread-safe.
 */
public final class Remembered<T> {
  private static final int MOST = 100_000;

  private record Known<T>(long generation, T value) {}

  private final Entities entities;
  private final ConcurrentHashMap<String, Known<T>> known = new ConcurrentHashMap<>();

  public Remembered(Entities entities) {
    this.entities = entities;
  }

  /** What has a name now, read if need be. */
  public Optional<T> get(String name, Function<String, Optional<T>> read) {
    long generation = entities.generation();
    var remembered = known.get(name);
    if (remembered != null && remembered.generation() == generation) {
      return Optional.of(remembered.value());
    }
    var found = read.apply(name);
    if (found.isEmpty()) {
      known.remove(name);
      return found;
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(name, new Known<>(generation, found.get()));
    return found;
  }
}
