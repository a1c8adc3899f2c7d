package io.coffer.storage.files.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The machine's disk. */
public final class RealDisk implements Disk {
  /**
   * Files that this process has locked. A second channel on a lock file must not even be made:
   * closing it ends the lock of the first, because POSIX locks are the process's.
   */
  private static final Set<Path> LOCKED_HERE = ConcurrentHashMap.newKeySet();

  @Override
  public DiskFile create(Path file) throws IOException {
    return full(() -> new RealFile(FileChannel.open(file, CREATE_NEW, WRITE)));
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return new RealFile(FileChannel.open(file, READ));
  }

  @Override
  public void sync(Path directory) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try (var channel = FileChannel.open(directory, READ)) {
          channel.force(true);
          return;
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    var ownerAlone =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    full(
        () ->
            Files.createDirectories(
                directory, posix ? new FileAttribute<?>[] {ownerAlone} : new FileAttribute<?>[0]));
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    full(() -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    full(() -> Files.createLink(name, file));
  }

  @Override
  public boolean delete(Path path) throws IOException {
    return Files.deleteIfExists(path);
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    var entries = new ArrayList<Entry>();
    try (var paths = Files.newDirectoryStream(directory)) {
      for (var path : paths) {
        entries.add(new Entry(path, Files.isDirectory(path)));
      }
    } catch (java.nio.file.DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(java.util.Comparator.comparing(Entry::name));
    return entries;
  }

  @Override
  public Optional<Entry> find(Path path) {
    return Files.exists(path) || Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Optional.of(new Entry(path, Files.isDirectory(path)))
        : Optional.empty();
  }

  @Override
  public boolean isWritable(Path directory) {
    return Files.isWritable(directory);
  }

  @Override
  public long usableBytes(Path path) throws IOException {
    @Nullable Path existing = path;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.getFileStore(Objects.requireNonNullElse(existing, path)).getUsableSpace();
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    var parent = Objects.requireNonNull(file.getParent(), "a file in a directory").toRealPath();
    var real = parent.resolve(file.getFileName());
    if (!LOCKED_HERE.add(real)) {
      throw new Locked("this process");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(real, CREATE, READ, WRITE);
      if (channel.tryLock() == null) {
        throw new Locked(holder(channel));
      }
      var holder = UTF_8.encode(ProcessHandle.current().pid() + "\n");
      int length = holder.remaining();
      channel.write(holder, 0); // in place of what is there, for which a full disk has room
      channel.truncate(length);
      locked = true;
      return closing(real, channel);
    } finally {
      if (!locked) {
        LOCKED_HERE.remove(real);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static Closeable closing(Path file, FileChannel channel) {
    return () -> {
      try {
        channel.close();
      } finally {
        LOCKED_HERE.remove(file);
      }
    };
  }

  private static String holder(FileChannel lock) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    lock.read(bytes, 0);
    var text = UTF_8.decode(bytes.flip()).toString().strip();
    return text.matches("[0-9]+") ? "process " + text : "another process";
  }

  @FunctionalInterface
  interface Step<T> {
    T run() throws IOException;
  }

  /** Runs a step that a full disk refuses. */
  static <T> T full(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      // The JDK hands on the text of ENOSPC and EDQUOT and nothing else of them.
      var text = String.valueOf(e.getMessage()).toLowerCase(java.util.Locale.ROOT);
      if (text.contains("no space left") || text.contains("quota exceeded")) {
        throw new DiskFull(String.valueOf(e.getMessage()), e);
      }
      throw e;
    }
  }
}
