package io.coffer.server;

import io.coffer.storage.files.Snapshot;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Snapshots in words and columns, for people. */
final class SnapshotTable {
  private SnapshotTable() {}

  /** What one holds, in half a sentence. */
  static String content(Snapshot snapshot) {
    return String.format(
        Locale.ROOT,
        "%,d blobs of %s, %,d of them in files",
        snapshot.blobs(),
        ByteCount.text(snapshot.blobBytes()),
        snapshot.files());
  }

  /**
   * A line for each, under a line of titles.
   *
   * @param held says what a snapshot alone holds; null to leave that out
   */
  static String of(List<Snapshot> snapshots, @Nullable Function<String, OptionalLong> held) {
    int width = snapshots.stream().mapToInt(one -> one.name().length()).max().orElse(0);
    var format = "%-" + Math.max(4, width) + "s  %-20s  %11s  %9s  %11s%s%n";
    var table = new StringBuilder();
    table.append(
        format.formatted(
            "NAME", "TIME", "BLOBS", "BYTES", "FILES", held == null ? "" : "  HELD ALONE"));
    for (var one : snapshots) {
      var time = one.time().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
      table.append(
          String.format(
              Locale.ROOT,
              format,
              one.name(),
              time,
              "%,d".formatted(one.blobs()),
              ByteCount.text(one.blobBytes()),
              "%,d".formatted(one.files()),
              held == null ? "" : "  %10s".formatted(bytes(held.apply(one.name())))));
    }
    return table.toString();
  }

  private static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? ByteCount.text(bytes.getAsLong()) : "?";
  }
}
