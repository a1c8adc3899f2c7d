package io.coffer.server;

import io.coffer.storage.StorageException;
import io.coffer.storage.files.DirectoryInUse;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.Restore;
import io.coffer.storage.files.Snapshot;
import io.coffer.storage.files.SnapshotFailure;
import io.coffer.storage.files.Snapshots;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code coffer snapshot}: backups of a data directory, whether a server has it or not. What
 * changes the directory is asked of the server when there is one.
 */
final class SnapshotCommand {
  static final String HELD = "--held";

  private static final DateTimeFormatter NAME_OF_NOW =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final PrintWriter out;

  private SnapshotCommand(PrintWriter out) {
    this.out = out;
  }

  static CommandSpec spec(PrintWriter out) {
    var command = new SnapshotCommand(out);
    return SnapshotHelp.spec(command::create, command::list, command::restore, command::delete);
  }

  private int create(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    String name = arguments.matchedPositionalValue(1, NAME_OF_NOW.format(Instant.now()));
    return told(
        () -> {
          long began = System.nanoTime();
          var snapshots = Snapshots.of(directory);
          Snapshots.checkName(name);
          create(directory, name, progress(arguments));
          var made = snapshots.find(name);
          out.printf(
              Locale.ROOT,
              "Snapshot %s: %s, made in %.1f s.%nIt is in %s%n",
              name,
              SnapshotTable.content(made),
              seconds(began),
              snapshots.path(name));
          return status(made, arguments);
        });
  }

  private static void create(Path directory, String name, Consumer<String> progress) {
    var settings = FilesSettings.defaults().withReserveBytes(0);
    try (var storage = FilesStorage.open(directory, settings)) {
      storage.snapshot(name, Instant.now(), progress);
    } catch (DirectoryInUse e) {
      new ControlClient(directory)
          .ask(ServerOrders.order(ServerOrders.SNAPSHOT_CREATE, name), progress);
    }
  }

  /** A snapshot of a damaged store is made, but nobody shall take it for a whole one. */
  private static int status(Snapshot made, ParseResult arguments) {
    if (made.missing() == 0) {
      return 0;
    }
    error(arguments)
        .printf(
            Locale.ROOT,
            "coffer: The files of %,d blobs were missing: the data directory is damaged.%n",
            made.missing());
    return UsageException.FAILURE;
  }

  private int list(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    boolean held = arguments.matchedOptionValue(HELD, false);
    return told(
        () -> {
          var snapshots = Snapshots.of(directory);
          List<Snapshot> all = snapshots.list();
          out.print(
              all.isEmpty()
                  ? "There are no snapshots of %s.%n".formatted(directory)
                  : SnapshotTable.of(all, held ? snapshots::held : null));
          out.flush();
          return 0;
        });
  }

  private int restore(ParseResult arguments) {
    Path first = arguments.matchedPositionalValue(0, Path.of(""));
    String second = arguments.matchedPositionalValue(1, "");
    Path third = arguments.matchedPositionalValue(2, null);
    return told(
        () -> {
          long began = System.nanoTime();
          // Three: a data directory and a name. Two: the snapshot's own directory, or a copy of it.
          var snapshot = third == null ? first : Snapshots.of(first).path(second);
          var target = third == null ? Path.of(second) : third;
          var restored = Restore.of(snapshot, target, progress(arguments));
          out.printf(
              Locale.ROOT,
              "Restored snapshot %s of %s: %s, in %.1f s.%nServe it with: coffer server %s%n",
              restored.name(),
              restored.time(),
              SnapshotTable.content(restored),
              seconds(began),
              target);
          return 0;
        });
  }

  private int delete(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    String name = arguments.matchedPositionalValue(1, "");
    return told(
        () -> {
          try {
            Snapshots.of(directory).delete(name);
          } catch (DirectoryInUse e) {
            new ControlClient(directory)
                .ask(ServerOrders.order(ServerOrders.SNAPSHOT_DELETE, name), text -> {});
          }
          out.println("Deleted snapshot " + name + ".");
          return 0;
        });
  }

  /**
   * Does something with snapshots, and says in one sentence why not.
   *
   * @throws UsageException it cannot be done
   */
  static <T> T told(Supplier<T> work) {
    try {
      return work.get();
    } catch (SnapshotFailure | DirectoryUnusable e) {
      throw UsageException.failed(String.valueOf(e.getMessage()), e);
    } catch (StorageException e) {
      throw UsageException.failed(
          "The snapshot cannot be made, because " + Messages.of(e) + ".", e);
    }
  }

  private static Consumer<String> progress(ParseResult arguments) {
    return text -> {
      error(arguments).println(text);
      error(arguments).flush();
    };
  }

  private static PrintWriter error(ParseResult arguments) {
    return arguments.commandSpec().commandLine().getErr();
  }

  private static double seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
  }
}
