package io.coffer.storage.memory;

import io.coffer.storage.Limits;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The ids of the latest batches that were applied. Locked as {@link Rows} are. */
final class AppliedBatches {
  private final Set<UUID> ids = new HashSet<>();
  private final ArrayDeque<UUID> oldestFirst = new ArrayDeque<>();

  boolean contains(UUID id) {
    return ids.contains(id);
  }

  void add(UUID id) {
    if (oldestFirst.size() == Limits.BATCHES_REMEMBERED) {
      ids.remove(oldestFirst.removeFirst());
    }
    oldestFirst.addLast(id);
    ids.add(id);
  }
}
