package io.coffer.storage.files;

import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.RealDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes a data directory of a snapshot, or of a copy of one. On the snapshot's filesystem files
 * that never change get a second name, so that it takes seconds and no room; elsewhere they are
 * copied. {@code coffer.properties} comes last, so that what a crash leaves is not taken for a data
 * directory.
 */
public final class Restore {
  /** What may be in the new directory. */
  private static final Set<String> IGNORED = Set.of("lost+found");

  /** What RocksDB never changes once it is written. */
  private static final Set<String> UNCHANGING = Set.of("sst", "blob");

  private final Disk disk;
  private final Path from;
  private final Path to;
  private final Consumer<String> progress;

  private Restore(Disk disk, Path from, Path to, Consumer<String> progress) {
    this.disk = disk;
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /**
   * Makes it.
   *
   * @param snapshot its directory
   * @param target not there, or empty
   * @param progress is told, in sentences, how far it is
   * @return what the snapshot says of itself
   * @throws SnapshotFailure it cannot be made; a target that is not empty was not changed
   * @throws DirectoryUnusable the snapshot lacks something, or is of a newer version of Coffer
   */
  public static Snapshot of(Path snapshot, Path target, Consumer<String> progress) {
    return of(new RealDisk(), snapshot, target, progress);
  }

  static Snapshot of(Disk disk, Path snapshot, Path target, Consumer<String> progress) {
    var from = snapshot.toAbsolutePath().normalize();
    var to = target.toAbsolutePath().normalize();
    try {
      return new Restore(disk, from, to, progress).run();
    } catch (IOException e) {
      throw Snapshots.failure(
          "The snapshot %s cannot be restored into %s; what is there is not whole, delete it"
              .formatted(from, to),
          e);
    }
  }

  private Snapshot run() throws IOException {
    var snapshot = checkSource();
    checkTarget();
    var missing = DataDirectory.missing(disk, to);
    disk.makeDirectory(to);
    DataDirectory.syncAbove(disk, to, missing);
    boolean links = canLink();
    if (!links) {
      checkRoom(snapshot);
    }
    progress.accept((links ? "Linking" : "Copying") + " %d files.".formatted(snapshot.files()));
    for (var part : DataDirectory.PARTS) {
      disk.makeDirectory(to.resolve(part));
    }
    try (var parallel = new Parallel()) {
      blobs(links, parallel);
      rows(links, parallel);
      parallel.finish();
      new BlobFiles(disk, to.resolve(DataDirectory.BLOBS)).syncAll(parallel);
    }
    FileCopy.copyFiles(from.resolve(DataDirectory.SECRETS), to.resolve(DataDirectory.SECRETS));
    disk.sync(to.resolve(DataDirectory.ROWS));
    disk.sync(to.resolve(DataDirectory.SECRETS));
    disk.sync(to);
    DirectoryProperties.read(disk, from).write(disk, to);
    return snapshot;
  }

  private Snapshot checkSource() throws IOException {
    if (!SnapshotProperties.isIn(disk, from)) {
      throw new SnapshotFailure(
          "%s is not a snapshot: it has no file %s; 'coffer snapshot list DIR' shows those of a"
                  .formatted(from, SnapshotProperties.NAME)
              + " data directory.");
    }
    var snapshot = SnapshotProperties.read(disk, from);
    if (disk.find(DirectoryProperties.in(from)).isEmpty()) {
      throw Refusals.incomplete(from, DirectoryProperties.NAME);
    }
    DirectoryProperties.read(disk, from);
    for (var part : DataDirectory.PARTS) {
      if (disk.find(from.resolve(part)).isEmpty()) {
        throw Refusals.incomplete(from, part);
      }
    }
    return snapshot;
  }

  private void checkTarget() throws IOException {
    if (to.startsWith(from)) {
      throw new SnapshotFailure(
          "%s is within the snapshot; choose a new directory elsewhere.".formatted(to));
    }
    var found = disk.find(to);
    if (found.isEmpty()) {
      return;
    }
    if (!found.get().isDirectory()
        || disk.list(to).stream().anyMatch(entry -> !IGNORED.contains(entry.name()))) {
      throw new SnapshotFailure(
          "%s is there and not an empty directory; choose a new directory to restore into."
              .formatted(to));
    }
  }

  /** Whether files of the snapshot can have names in the new directory. */
  private boolean canLink() throws IOException {
    var trial = to.resolve("trial.new");
    try {
      disk.link(DirectoryProperties.in(from), trial);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    } finally {
      disk.delete(trial);
    }
  }

  private void checkRoom(Snapshot snapshot) throws IOException {
    long needed = snapshot.fileBytes() + snapshot.rowBytes();
    long free = disk.usableBytes(to);
    if (free < needed) {
      throw new SnapshotFailure(
          "The disk of %s has %d MiB left where the snapshot needs %d MiB; free some space or"
                  .formatted(to, free >> 20, needed >> 20)
              + " choose another directory.");
    }
  }

  private void blobs(boolean links, Parallel parallel) throws IOException {
    var source = from.resolve(DataDirectory.BLOBS);
    for (var branch : disk.list(source)) {
      for (var leaf : disk.list(branch.path())) {
        var target = to.resolve(from.relativize(leaf.path()));
        parallel.run(
            () -> {
              disk.makeDirectory(target);
              for (var file : disk.list(leaf.path())) {
                bring(file.path(), target.resolve(file.name()), links);
              }
            });
      }
    }
  }

  private void rows(boolean links, Parallel parallel) throws IOException {
    var target = to.resolve(DataDirectory.ROWS);
    for (var file : disk.list(from.resolve(DataDirectory.ROWS))) {
      var name = file.name();
      boolean unchanging = UNCHANGING.contains(name.substring(name.lastIndexOf('.') + 1));
      if (!name.equals("LOCK")) {
        parallel.run(() -> bring(file.path(), target.resolve(name), links && unchanging));
      }
    }
  }

  private void bring(Path file, Path name, boolean link) throws IOException {
    if (link) {
      // What brought the snapshot here may not have synced it; when it is clean that costs little.
      try (var bytes = disk.open(file)) {
        bytes.sync();
      }
      disk.link(file, name);
    } else {
      FileCopy.copy(file, name);
    }
  }
}
