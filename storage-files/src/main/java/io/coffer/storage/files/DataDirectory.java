package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory itself: what lies where, its format, and the lock that keeps a second server out.
 * {@code coffer.properties} is written last when a directory is made, so that a directory that has
 * one has everything; before it is found acceptable nothing is changed.
 */
final class DataDirectory implements AutoCloseable {
  static final int FORMAT = 1;
  static final String PROPERTIES = "coffer.properties";
  static final String LOCK = "lock";

  private static final String NEW_PROPERTIES = PROPERTIES + ".new";
  private static final List<String> PARTS = List.of("rows", "blobs", "secrets");

  /** What may be in a directory that is being made: a crash ended an earlier attempt. */
  private static final Set<String> BEGINNINGS =
      Set.of(LOCK, NEW_PROPERTIES, "lost+found", "rows", "blobs", "secrets");

  /**
   * Directories that this process has open. A second channel on a lock file must not even be made:
   * closing it ends the lock of the first, because POSIX locks are the process's.
   */
  private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final FileChannel lock;
  private final UUID id;

  private DataDirectory(Path root, FileChannel lock, UUID id) {
    this.root = root;
    this.lock = lock;
    this.id = id;
  }

  /**
   * Takes the directory, and makes it first where there is none.
   *
   * @throws DirectoryUnusable it cannot be used; nothing was changed
   */
  static DataDirectory open(Path directory, FilesSettings settings) {
    var root = directory.toAbsolutePath().normalize();
    try {
      boolean isNew = check(root, settings);
      if (!Files.exists(root)) {
        makeDirectory(root);
        sync(root.getParent());
      }
      var real = root.toRealPath();
      var lock = lock(real);
      try {
        return new DataDirectory(real, lock, isNew ? make(root) : readId(root));
      } catch (IOException | RuntimeException e) {
        release(real, lock);
        throw e;
      }
    } catch (IOException e) {
      throw Refusals.notWritable(root, e);
    }
  }

  UUID id() {
    return id;
  }

  Path root() {
    return root;
  }

  Path rows() {
    return root.resolve("rows");
  }

  Path blobs() {
    return root.resolve("blobs");
  }

  Path secrets() {
    return root.resolve("secrets");
  }

  @Override
  public void close() {
    release(root, lock);
  }

  private static void release(Path root, FileChannel lock) {
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the process at the latest, and there is nothing else to do about it.
      System.getLogger(DataDirectory.class.getName())
          .log(System.Logger.Level.WARNING, "The lock of " + root + " was not released", e);
    } finally {
      OPEN_HERE.remove(root);
    }
  }

  /** Looks without touching; true when the directory has still to be made. */
  private static boolean check(Path root, FilesSettings settings) throws IOException {
    if (!Files.exists(root)) {
      checkRoom(root, settings.reserveBytes());
      return true;
    }
    if (!Files.isDirectory(root)) {
      throw Refusals.notADirectory(root);
    }
    boolean isNew = !Files.exists(root.resolve(PROPERTIES));
    if (isNew) {
      checkNothingElse(root);
    } else {
      readId(root);
    }
    for (var part : PARTS) {
      var path = root.resolve(part);
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw Refusals.notADirectory(path);
      }
      if (!isNew && !Files.exists(path)) {
        throw Refusals.incomplete(root, part);
      }
    }
    if (!Files.isWritable(root)) {
      throw Refusals.notWritable(root, new java.nio.file.AccessDeniedException(root.toString()));
    }
    checkRoom(root, isNew ? settings.reserveBytes() : DiskSpace.floor(settings.reserveBytes()));
    return isNew;
  }

  private static void checkNothingElse(Path root) throws IOException {
    try (var entries = Files.list(root)) {
      for (var entry : (Iterable<Path>) entries.sorted()::iterator) {
        var name = entry.getFileName().toString();
        boolean part = name.equals("rows") || name.equals("blobs");
        boolean holdsData =
            (part && Files.isDirectory(entry)) ? !isEmpty(entry) : !BEGINNINGS.contains(name);
        if (holdsData) {
          throw Refusals.foreign(root, name);
        }
      }
    }
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (var entries = Files.list(directory)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void checkRoom(Path root, long needed) throws IOException {
    @Nullable Path existing = root;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    long free = Files.getFileStore(Objects.requireNonNullElse(existing, root)).getUsableSpace();
    if (free < needed) {
      throw Refusals.noRoom(root, free, needed);
    }
  }

  private static UUID readId(Path root) throws IOException {
    var file = root.resolve(PROPERTIES);
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
      int format = Integer.parseInt(properties.getProperty("format", "").strip());
      if (format > FORMAT) {
        throw Refusals.newer(root, format, FORMAT);
      }
      if (format < 1) {
        throw Refusals.illegible(file, null);
      }
      return UUID.fromString(properties.getProperty("store", "").strip());
    } catch (IllegalArgumentException | java.nio.charset.CharacterCodingException e) {
      throw Refusals.illegible(file, e);
    }
  }

  private static FileChannel lock(Path root) throws IOException {
    if (!OPEN_HERE.add(root)) {
      throw new DirectoryInUse(root, " of this process");
    }
    FileChannel channel = null;
    boolean locked = false;
    try {
      channel = FileChannel.open(root.resolve(LOCK), CREATE, READ, WRITE);
      if (channel.tryLock() == null) {
        throw new DirectoryInUse(root, holder(channel));
      }
      channel.truncate(0);
      channel.write(UTF_8.encode(ProcessHandle.current().pid() + "\n"));
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        OPEN_HERE.remove(root);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static String holder(FileChannel lock) throws IOException {
    var bytes = ByteBuffer.allocate(20);
    lock.read(bytes, 0);
    var text = UTF_8.decode(bytes.flip()).toString().strip();
    return text.matches("[0-9]+") ? " (process " + text + ")" : "";
  }

  private static UUID make(Path root) throws IOException {
    if (Files.exists(root.resolve(PROPERTIES))) {
      return readId(root); // made by a server that ended since the first look
    }
    for (var part : PARTS) {
      if (!Files.exists(root.resolve(part))) {
        makeDirectory(root.resolve(part));
      }
    }
    var id = UUID.randomUUID();
    var text =
        """
        # A data directory of Coffer. The format is changed by Coffer alone.
        format=%d
        store=%s
        """
            .formatted(FORMAT, id);
    var unfinished = root.resolve(NEW_PROPERTIES);
    try (var channel = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
      channel.write(UTF_8.encode(text));
      channel.force(true);
    }
    sync(root);
    Files.move(unfinished, root.resolve(PROPERTIES), StandardCopyOption.ATOMIC_MOVE);
    sync(root);
    return id;
  }

  private static void makeDirectory(Path directory) throws IOException {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    var ownerAlone =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(
        directory, posix ? new FileAttribute<?>[] {ownerAlone} : new FileAttribute<?>[0]);
  }

  private static void sync(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (var channel = FileChannel.open(directory, READ)) {
        channel.force(true);
      }
    }
  }
}
