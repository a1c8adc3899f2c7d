package io.coffer.server;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** {@code secrets/root.properties} in a data directory: readable by its owner alone. */
final class RootKeyFile {
  static final String NAME = "root.properties";

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
    SecretFile.makeDirectory(directory);
    SecretFile.write(file, text(content));
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
}
