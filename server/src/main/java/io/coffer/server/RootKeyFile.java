package io.coffer.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code secrets/root.properties} in a data directory: readable by its owner alone. */
final class RootKeyFile {
  static final String NAME = "root.properties";

  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");

  private final Path directory;
  private final Path file;

  RootKeyFile(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(NAME);
  }

  /**
   * What the file says.
   *
   * @param canonicalId null in a file that is not there
   * @param accessKeyId null when the operator gave the pair
   * @param secretAccessKey null if and only if {@code accessKeyId} is
   */
  record Content(
      @Nullable String canonicalId,
      @Nullable String accessKeyId,
      @Nullable String secretAccessKey) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Content[" + canonicalId + ", " + accessKeyId + "]";
    }
  }

  /**
   * Reads it.
   *
   * @throws UsageException it is not what was written
   */
  Content read() throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Content(null, null, null);
    }
    var lines = new Properties();
    try {
      lines.load(new StringReader(Files.readString(file)));
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    var content =
        new Content(
            lines.getProperty("canonical-id"),
            lines.getProperty("access-key"),
            lines.getProperty("secret-key"));
    if (content.canonicalId() == null
        || (content.accessKeyId() == null) != (content.secretAccessKey() == null)) {
      throw damaged();
    }
    return content;
  }

  private UsageException damaged() {
    return UsageException.failed(
        file
            + " does not hold a canonical id and a key pair; restore it from a backup, or move it"
            + " away to get a new key.");
  }

  /** Replaces it, whole or not at all; when this returns it is on the disk. */
  void write(Content content) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
      sync(directory.toAbsolutePath().getParent());
    }
    var scratch = directory.resolve(NAME + ".new");
    Files.deleteIfExists(scratch);
    Files.createFile(scratch, PosixFilePermissions.asFileAttribute(OWNER_FILE));
    try (var channel = FileChannel.open(scratch, StandardOpenOption.WRITE)) {
      var bytes = ByteBuffer.wrap(text(content).getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(scratch, file, StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
  }

  private static String text(Content content) {
    var text = new StringBuilder("# The root account of this store. Keep this file secret.\n");
    text.append("canonical-id=").append(content.canonicalId()).append('\n');
    if (content.accessKeyId() != null) {
      text.append("access-key=").append(content.accessKeyId()).append('\n');
      text.append("secret-key=").append(content.secretAccessKey()).append('\n');
    }
    return text.toString();
  }

  private static void sync(@Nullable Path parent) throws IOException {
    if (parent != null) {
      try (var channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
