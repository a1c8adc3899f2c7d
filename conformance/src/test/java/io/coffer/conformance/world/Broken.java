package io.coffer.conformance.world;

import io.coffer.storage.files.disk.Disk;
import io.coffer.storage.files.disk.DiskFile;
import io.coffer.storage.files.disk.ForwardingDisk;
import io.coffer.storage.files.disk.SimulatedDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Disks that betray the files of blobs, to prove that the enumeration of crashes notices. */
final class Broken {
  private Broken() {}

  /** Bytes are not synced. */
  static CrashRun.Between files() {
    return disk -> withSync(disk, file -> {});
  }

  /** Entries are not synced. */
  static CrashRun.Between directories() {
    return disk ->
        new ForwardingDisk(disk) {
          @Override
          public void sync(Path directory) throws IOException {
            if (!isOfBlobs(directory)) {
              super.sync(directory);
            }
          }
        };
  }

  /** Bytes are synced, but only when the rows that refer to them are written. */
  static CrashRun.Between late() {
    var waiting = new ArrayList<DiskFile>();
    return new CrashRun.Between() {
      @Override
      public Disk over(SimulatedDisk disk) {
        return withSync(disk, waiting::add);
      }

      @Override
      public void afterRows() {
        var now = List.copyOf(waiting);
        waiting.clear();
        try {
          for (var file : now) {
            file.sync();
            file.close();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private interface Sync {
    void of(DiskFile file) throws IOException;
  }

  private static Disk withSync(SimulatedDisk disk, Sync sync) {
    return new ForwardingDisk(disk) {
      @Override
      public DiskFile create(Path file) throws IOException {
        var created = super.create(file);
        return isOfBlobs(file) ? new SyncedFile(created, sync) : created;
      }
    };
  }

  private static boolean isOfBlobs(Path path) {
    return path.toString().contains("/blobs/");
  }

  private record SyncedFile(DiskFile file, Sync how) implements DiskFile {
    @Override
    public void append(ByteBuffer bytes) throws IOException {
      file.append(bytes);
    }

    @Override
    public void sync() throws IOException {
      how.of(file);
    }

    @Override
    public boolean read(ByteBuffer bytes, long position) throws IOException {
      return file.read(bytes, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void close() {
      // The late one is synced after its writer has closed it.
    }
  }
}
