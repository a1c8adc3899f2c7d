package io.coffer.storage.files.disk;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that remembers what a crash may take away. Bytes are volatile until their file
 * is synced, entries until their directory is. Operations are numbered; what a crash after any of
 * them leaves is another disk. It can fail, be full, be slow, and forget bits.
 */
public final class SimulatedDisk implements Disk {
  /** Told of every operation, on the thread that does it and before it returns. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * An operation is about to be done.
     *
     * @param number of it
     * @param what as a person reads it
     * @throws IOException it is to fail with this
     */
    void before(long number, String what) throws IOException;

    /** It was done. */
    default void after(long number, String what) {}
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final NameLog log;
  private final Map<Path, Inode> names;
  private final Set<Path> locked = new HashSet<>();
  private long number;
  private long used;
  private volatile long capacity = Long.MAX_VALUE;
  private volatile Watcher watcher = (number, what) -> {};

  /**
   * A disk with nothing but a directory, and those above it.
   *
   * @param directory durable from the beginning
   */
  public SimulatedDisk(Path directory) {
    this(new NameLog(above(directory)), 0);
  }

  private static Map<Path, Inode> above(Path directory) {
    var names = new HashMap<Path, Inode>();
    for (Path at = directory; at != null; at = at.getParent()) {
      names.put(at, Inode.directory());
    }
    return names;
  }

  private SimulatedDisk(NameLog log, long number) {
    this.log = log;
    this.number = number;
    names = new HashMap<>(log.all());
    names.values().stream().distinct().forEach(inode -> used += inode.length());
  }

  /** Told from now on, instead of another. */
  public void watch(Watcher other) {
    watcher = other;
  }

  /** Bytes of files that there is room for. */
  public void limit(long bytes) {
    capacity = bytes;
  }

  /** Number of the last operation. */
  public long operations() {
    return locking(() -> number);
  }

  /** What is there after the machine failed behind an operation: all of it durable, unlocked. */
  public SimulatedDisk crashed(long after, Crash crash) {
    return locking(() -> new SimulatedDisk(new NameLog(log.crashed(after, crash)), 0));
  }

  /** The same disk as it was behind an operation, unlocked: the process ended, and no more. */
  public SimulatedDisk killed(long after) {
    return locking(() -> new SimulatedDisk(log.at(after), after));
  }

  /** Turns one bit of a file. */
  public void flip(Path file, long bit) {
    locking(
        () -> {
          Objects.requireNonNull(names.get(file), file.toString()).flip(bit);
          return true;
        });
  }

  /** Files with their lengths, in no order. */
  public Map<Path, Long> files() {
    return locking(
        () -> {
          var files = new HashMap<Path, Long>();
          names.forEach(
              (path, inode) -> {
                if (!inode.isDirectory()) {
                  files.put(path, inode.length());
                }
              });
          return files;
        });
  }

  /** Whether crashes behind an operation could leave different disks. */
  public boolean isVolatile(long after) {
    return locking(() -> log.isVolatile(after));
  }

  /**
   * What the disk holds: equal for disks that crashes of one disk left with the same names and
   * bytes. (Seldom also different for such.)
   */
  public Map<Path, Object> contents() {
    return locking(
        () -> {
          var contents = new HashMap<Path, Object>();
          names.forEach((path, inode) -> contents.put(path, inode.content()));
          return contents;
        });
  }

  @Override
  public DiskFile create(Path file) throws IOException {
    return operate(
        "create " + file,
        () -> {
          if (names.containsKey(file)) {
            throw new FileAlreadyExistsException(file.toString());
          }
          directoryOf(file);
          checkRoom(1);
          var inode = Inode.file();
          put(Map.of(file, Optional.of(inode)), file);
          return new SimulatedFile(this, inode, file);
        });
  }

  @Override
  public DiskFile open(Path file) throws IOException {
    return operate("open " + file, () -> new SimulatedFile(this, inode(file), file));
  }

  @Override
  public void sync(Path directory) throws IOException {
    operate(
        "sync " + directory,
        () -> {
          inode(directory);
          log.sync(number, directory);
          return directory;
        });
  }

  @Override
  public void makeDirectory(Path directory) throws IOException {
    var parent = directory.getParent();
    if (parent != null && find(parent).isEmpty()) {
      makeDirectory(parent);
    }
    operate(
        "make " + directory,
        () -> {
          var found = names.get(directory);
          if (found != null && !found.isDirectory()) {
            throw new FileAlreadyExistsException(directory.toString());
          }
          if (found == null) {
            put(Map.of(directory, Optional.of(Inode.directory())), directory);
          }
          return directory;
        });
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    operate(
        "rename " + from + " to " + to,
        () -> {
          var inode = inode(from);
          return put(Map.of(from, Optional.empty(), to, Optional.of(inode)), to);
        });
  }

  @Override
  public void link(Path file, Path name) throws IOException {
    operate(
        "link " + file + " as " + name,
        () -> {
          if (names.containsKey(name)) {
            throw new FileAlreadyExistsException(name.toString());
          }
          directoryOf(name);
          return put(Map.of(name, Optional.of(inode(file))), name);
        });
  }

  @Override
  public boolean delete(Path path) throws IOException {
    return operate(
        "delete " + path,
        () -> {
          var inode = names.get(path);
          if (inode == null) {
            return false;
          }
          if (inode.isDirectory() && names.keySet().stream().anyMatch(p -> isIn(p, path))) {
            throw new DirectoryNotEmptyException(path.toString());
          }
          put(Map.of(path, Optional.empty()), path);
          used -= names.containsValue(inode) ? 0 : inode.length();
          return true;
        });
  }

  @Override
  public List<Entry> list(Path directory) throws IOException {
    return operate(
        "list " + directory,
        () -> {
          inode(directory);
          var entries = new ArrayList<Entry>();
          names.forEach(
              (path, inode) -> {
                if (isIn(path, directory)) {
                  entries.add(new Entry(path, inode.isDirectory()));
                }
              });
          entries.sort(java.util.Comparator.comparing(Entry::name));
          return entries;
        });
  }

  @Override
  public Optional<Entry> find(Path path) throws IOException {
    return operate(
        "find " + path,
        () -> Optional.ofNullable(names.get(path)).map(i -> new Entry(path, i.isDirectory())));
  }

  @Override
  public boolean isWritable(Path directory) {
    return true;
  }

  @Override
  public long usableBytes(Path path) {
    return locking(() -> Math.max(0, capacity - used));
  }

  @Override
  public Closeable lock(Path file) throws IOException {
    if (find(file).isEmpty()) {
      create(file).close();
    }
    return operate(
        "lock " + file,
        () -> {
          if (!locked.add(file)) {
            throw new Locked("this process");
          }
          return () -> locking(() -> locked.remove(file));
        });
  }

  void append(Inode inode, Path path, ByteBuffer bytes) throws IOException {
    operate(
        "append " + bytes.remaining() + " to " + path,
        () -> {
          checkRoom(bytes.remaining());
          var copy = new byte[bytes.remaining()];
          bytes.get(copy);
          inode.append(number, copy);
          used += copy.length;
          return inode;
        });
  }

  void sync(Inode inode, Path path) throws IOException {
    boolean done = false;
    try {
      operate(
          "sync " + path,
          () -> {
            inode.sync(number);
            return inode;
          });
      done = true;
    } finally {
      if (!done) {
        inode.drop();
      }
    }
  }

  boolean read(Inode inode, Path path, ByteBuffer bytes, long position) throws IOException {
    return operate("read " + path, () -> inode.read(bytes, position));
  }

  private void checkRoom(long bytes) throws DiskFull {
    if (bytes > capacity - used) {
      throw new DiskFull("No space left on the simulated disk", new IOException("full"));
    }
  }

  private Inode inode(Path path) throws NoSuchFileException {
    var found = names.get(path);
    if (found == null) {
      throw new NoSuchFileException(path.toString());
    }
    return found;
  }

  private void directoryOf(Path path) throws IOException {
    var parent = path.getParent();
    if (parent != null && !inode(parent).isDirectory()) {
      throw new FileNotFoundException(parent + " is no directory");
    }
  }

  private Path put(Map<Path, Optional<Inode>> changes, Path one) {
    NameLog.apply(names, changes);
    log.change(number, Objects.requireNonNull(NameLog.parent(one)), changes);
    return one;
  }

  private static boolean isIn(Path path, Path directory) {
    return directory.equals(path.getParent());
  }

  @FunctionalInterface
  private interface Step<T extends @Nullable Object> {
    T run() throws IOException;
  }

  private <T extends @Nullable Object> T operate(String what, Step<T> step) throws IOException {
    lock.lock();
    try {
      number++;
      watcher.before(number, what);
      T result = step.run();
      watcher.after(number, what);
      return result;
    } finally {
      lock.unlock();
    }
  }

  private <T> T locking(java.util.function.Supplier<T> step) {
    lock.lock();
    try {
      return step.get();
    } finally {
      lock.unlock();
    }
  }
}
