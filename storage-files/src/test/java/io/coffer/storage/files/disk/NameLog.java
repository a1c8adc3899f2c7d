package io.coffer.storage.files.disk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a simulated disk's directories: those that were durable at the beginning, and all
 * changes and syncs since, by the numbers of their operations. To be used under the disk's lock.
 */
final class NameLog {
  /** Something that happened to a directory. */
  private sealed interface Event {
    long number();

    Path directory();
  }

  /** Names that came, changed or went together; empty: went. */
  private record Change(long number, Path directory, Map<Path, Optional<Inode>> names)
      implements Event {}

  private record Sync(long number, Path directory) implements Event {}

  private final Map<Path, Inode> durable;
  private final List<Event> events = new ArrayList<>();

  NameLog(Map<Path, Inode> durable) {
    this.durable = Map.copyOf(durable);
  }

  void change(long number, Path directory, Map<Path, Optional<Inode>> names) {
    events.add(new Change(number, directory, names));
  }

  void sync(long number, Path directory) {
    events.add(new Sync(number, directory));
  }

  /** All names, durable or not. */
  Map<Path, Inode> all() {
    var names = new HashMap<>(durable);
    for (var event : events) {
      if (event instanceof Change change) {
        apply(names, change.names());
      }
    }
    return names;
  }

  /** This log as it was behind an operation, with inodes of its own. */
  NameLog at(long number) {
    var copies = new IdentityHashMap<Inode, Inode>();
    var log = new NameLog(copy(durable, number, copies));
    for (var event : events) {
      if (event.number() <= number) {
        log.events.add(
            switch (event) {
              case Sync sync -> sync;
              case Change change -> {
                var names = new HashMap<Path, Optional<Inode>>();
                change
                    .names()
                    .forEach(
                        (path, inode) ->
                            names.put(path, inode.map(i -> copied(i, number, copies))));
                yield new Change(change.number(), change.directory(), names);
              }
            });
      }
    }
    return log;
  }

  /** The names and files that are there when the machine fails behind an operation. */
  Map<Path, Inode> crashed(long number, Crash crash) {
    var names = new HashMap<>(durable);
    var pending = new ArrayList<Change>();
    for (var event : events) {
      if (event.number() > number) {
        break;
      }
      switch (event) {
        case Change change -> pending.add(change);
        case Sync sync -> {
          for (var change : pending) {
            if (change.directory().equals(sync.directory())) {
              apply(names, change.names());
            }
          }
          pending.removeIf(change -> change.directory().equals(sync.directory()));
        }
      }
    }
    for (var change : pending) {
      if (crash.keepsEntry()) {
        apply(names, change.names());
      }
    }
    return withBytes(names, number, crash);
  }

  /** Only what can be reached from above; in the order of names, so that a seed decides all. */
  private static Map<Path, Inode> withBytes(Map<Path, Inode> names, long number, Crash crash) {
    var reached = new HashMap<Path, Inode>();
    var contents = new IdentityHashMap<Inode, Inode>();
    var paths = names.keySet().stream().sorted(Comparator.comparing(Path::toString)).toList();
    for (var path : paths) {
      var inode = names.get(path);
      var parent = path.getParent();
      boolean isReached = parent == null || parent.equals(path) || reached.containsKey(parent);
      if (inode != null && isReached) {
        reached.put(path, contents.computeIfAbsent(inode, found -> found.crashed(number, crash)));
      }
    }
    return reached;
  }

  /** Whether crashes behind an operation could leave different disks. */
  boolean isVolatile(long number) {
    var synced = new HashMap<Path, Long>();
    for (var event : events) {
      if (event instanceof Sync sync && sync.number() <= number) {
        synced.put(sync.directory(), sync.number());
      }
    }
    for (var event : events) {
      boolean happened = event instanceof Change && event.number() <= number;
      if (happened && synced.getOrDefault(event.directory(), 0L) < event.number()) {
        return true;
      }
    }
    return at(number).all().values().stream().anyMatch(inode -> inode.isVolatile(number));
  }

  private static Map<Path, Inode> copy(
      Map<Path, Inode> names, long number, Map<Inode, Inode> copies) {
    var copy = new HashMap<Path, Inode>();
    names.forEach((path, inode) -> copy.put(path, copied(inode, number, copies)));
    return copy;
  }

  private static Inode copied(Inode inode, long number, Map<Inode, Inode> copies) {
    return copies.computeIfAbsent(inode, found -> found.at(number));
  }

  static void apply(Map<Path, Inode> names, Map<Path, Optional<Inode>> changes) {
    changes.forEach(
        (path, inode) -> inode.ifPresentOrElse(i -> names.put(path, i), () -> names.remove(path)));
  }

  /** The directory of a name; the top is its own. */
  static @Nullable Path parent(Path path) {
    var parent = path.getParent();
    return parent == null ? path : parent;
  }
}
