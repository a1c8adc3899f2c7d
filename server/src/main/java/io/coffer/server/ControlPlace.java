package io.coffer.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;

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

  private static final System.Logger LOG = System.getLogger(ControlPlace.class.getName());
  private static final int CONNECTIONS_WAITING = 16;
  private static final String DIRECTORY_PREFIX = "coffer-";
  private static final String UNFINISHED = ".new";

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
    removeElsewhere();
    Files.deleteIfExists(dataDirectory.resolve(POINTER));
    // It is made in a directory of its own, so that nobody sees it before its mode is right.
    var hidden = dataDirectory.resolve("." + SOCKET + UNFINISHED);
    return fits(hidden.resolve(SOCKET)) ? listenHere(hidden) : listenElsewhere();
  }

  private Listening listenHere(Path hidden) throws IOException {
    clear(hidden);
    Files.createDirectory(hidden, PosixFilePermissions.asFileAttribute(SecretFile.OWNER_DIRECTORY));
    var socket = dataDirectory.resolve(SOCKET);
    return bind(
        hidden.resolve(SOCKET),
        channel -> {
          Files.move(hidden.resolve(SOCKET), socket, StandardCopyOption.ATOMIC_MOVE);
          Files.delete(hidden);
          return new Listening(channel, socket);
        });
  }

  private Listening listenElsewhere() throws IOException {
    Files.deleteIfExists(dataDirectory.resolve(SOCKET));
    var made = Files.createTempDirectory(temporary, DIRECTORY_PREFIX);
    var socket = made.resolve(SOCKET);
    boolean done = false;
    try {
      var listening = bind(socket, channel -> pointedAt(new Listening(channel, socket)));
      done = true;
      return listening;
    } finally {
      if (!done) {
        clear(made);
      }
    }
  }

  private Listening pointedAt(Listening listening) throws IOException {
    SecretFile.write(dataDirectory.resolve(POINTER), listening.socket() + "\n");
    return listening;
  }

  /** Where a client finds the socket; empty when no server made one. */
  Optional<Path> find() throws IOException {
    if (Files.exists(dataDirectory.resolve(POINTER))) {
      return findElsewhere();
    }
    var socket = dataDirectory.resolve(SOCKET);
    return Files.exists(socket) ? Optional.of(socket) : Optional.empty();
  }

  private Optional<Path> findElsewhere() throws IOException {
    var pointer = dataDirectory.resolve(POINTER);
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

  /** Removes what a killed server left among the temporary files. */
  private void removeElsewhere() {
    try {
      if (!Files.exists(dataDirectory.resolve(POINTER))) {
        return;
      }
      var socket = findElsewhere();
      // A copy of a data directory points at the socket of the server that has the original.
      if (socket.isPresent() && isOneOfOurs(socket.get()) && !isListening(socket.get())) {
        remove(socket.get());
      }
    } catch (IOException | InvalidPathException e) {
      LOG.log(Level.DEBUG, "What a former server left among the temporary files stays", e);
    }
  }

  private static boolean isOneOfOurs(Path socket) throws IOException {
    var attributes =
        Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return socket.endsWith(SOCKET)
        && attributes.isOther()
        && socket.getParent() instanceof Path made
        && made.getFileName() instanceof Path name
        && name.toString().startsWith(DIRECTORY_PREFIX);
  }

  /** Whether somebody would take an order there; in doubt it is so. */
  private static boolean isListening(Path socket) throws IOException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(socket));
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  private static void clear(Path made) throws IOException {
    Files.deleteIfExists(made.resolve(SOCKET));
    Files.deleteIfExists(made);
  }

  private static boolean fits(Path path) {
    return path.toString().getBytes(UTF_8).length <= PATH_BYTES_AT_MOST;
  }

  /** What is to be done with a channel before it counts as one that listens. */
  @FunctionalInterface
  private interface Naming {
    Listening name(ServerSocketChannel channel) throws IOException;
  }

  /** Binds a channel and has it named; when that fails, it is closed. */
  private static Listening bind(Path socket, Naming naming) throws IOException {
    var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    boolean done = false;
    try {
      channel.bind(UnixDomainSocketAddress.of(socket), CONNECTIONS_WAITING);
      Files.setPosixFilePermissions(socket, SecretFile.OWNER_FILE);
      var listening = naming.name(channel);
      done = true;
      return listening;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }
}
