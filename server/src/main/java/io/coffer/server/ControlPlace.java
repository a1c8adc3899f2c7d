package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Where the control socket of a data directory is: {@code control} in it; or, because the path of a
 * socket may have about a hundred bytes, in a directory for temporary files, whose name the file
 * {@code control.path} says. Only the owner of the data directory can open it: mode 0600, which it
 * has before it has its name.
 */
final class ControlPlace {
  static final String SOCKET = "control";
  static final String POINTER = "control.path";

  /** What every system takes: Linux has 108 with a zero byte, others 104. */
  private static final int PATH_BYTES_AT_MOST = 100;

  private static final int CONNECTIONS_WAITING = 16;
  private static final String UNFINISHED = ".new";
  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final FileAttribute<?> OWNER_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path dataDirectory;
  private final Path temporary;

  private ControlPlace(Path dataDirectory, Path temporary) {
    this.dataDirectory = dataDirectory;
    this.temporary = temporary;
  }

  static ControlPlace of(Path dataDirectory) {
    return of(dataDirectory, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * @param temporary where sockets go whose path in the data directory would be too long
   */
  static ControlPlace of(Path dataDirectory, Path temporary) {
    return new ControlPlace(
        dataDirectory.toAbsolutePath().normalize(), temporary.toAbsolutePath().normalize());
  }

  /** A socket that listens. */
  record Listening(ServerSocketChannel channel, Path socket) {}

  /**
   * Listens, in the place of what a crash left. To be called by the one who has the lock of the
   * data directory.
   */
  Listening listen() throws IOException {
    Files.deleteIfExists(dataDirectory.resolve(POINTER));
    var socket = dataDirectory.resolve(SOCKET);
    // It is made in a directory of its own, so that nobody sees it before its mode is right.
    var hidden = dataDirectory.resolve("." + SOCKET + UNFINISHED);
    if (fits(hidden.resolve(SOCKET))) {
      clear(hidden);
      Files.createDirectory(hidden, OWNER_DIRECTORY);
      var channel = bind(hidden.resolve(SOCKET));
      Files.move(hidden.resolve(SOCKET), socket, StandardCopyOption.ATOMIC_MOVE);
      Files.delete(hidden);
      return new Listening(channel, socket);
    }
    Files.deleteIfExists(socket);
    var elsewhere = Files.createTempDirectory(temporary, "coffer-").resolve(SOCKET);
    var channel = bind(elsewhere);
    var pointer = dataDirectory.resolve(POINTER + UNFINISHED);
    Files.deleteIfExists(pointer);
    Files.createFile(pointer, PosixFilePermissions.asFileAttribute(OWNER_FILE));
    Files.writeString(pointer, elsewhere + "\n");
    Files.move(pointer, dataDirectory.resolve(POINTER), StandardCopyOption.ATOMIC_MOVE);
    return new Listening(channel, elsewhere);
  }

  /** Where a client finds the socket; empty when no server made one. */
  Optional<Path> find() throws IOException {
    var pointer = dataDirectory.resolve(POINTER);
    if (!Files.exists(pointer)) {
      var socket = dataDirectory.resolve(SOCKET);
      return Files.exists(socket) ? Optional.of(socket) : Optional.empty();
    }
    var socket = Path.of(Files.readString(pointer).strip());
    // Where others can write, the name of a socket that is gone may be somebody else's by now.
    return Files.exists(socket) && Files.getOwner(socket).equals(Files.getOwner(pointer))
        ? Optional.of(socket)
        : Optional.empty();
  }

  /** Removes the names of a socket that is closed. */
  void remove(Path socket) throws IOException {
    Files.deleteIfExists(socket);
    Files.deleteIfExists(dataDirectory.resolve(POINTER));
    if (!socket.startsWith(dataDirectory)) {
      Files.deleteIfExists(Objects.requireNonNull(socket.getParent(), "a socket in a directory"));
    }
  }

  private static void clear(Path hidden) throws IOException {
    Files.deleteIfExists(hidden.resolve(SOCKET));
    Files.deleteIfExists(hidden);
  }

  private static boolean fits(Path path) {
    return path.toString().getBytes(UTF_8).length <= PATH_BYTES_AT_MOST;
  }

  private static ServerSocketChannel bind(Path socket) throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean bound = false;
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), CONNECTIONS_WAITING);
      Files.setPosixFilePermissions(socket, OWNER_FILE);
      bound = true;
      return channel;
    } finally {
      if (!bound) {
        channel.close();
      }
    }
  }
}
