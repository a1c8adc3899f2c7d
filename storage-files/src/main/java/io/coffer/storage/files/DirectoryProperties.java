package io.coffer.storage.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.storage.files.disk.Disk;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.UUID;

/**
 * What {@code coffer.properties} says of a data directory.
 *
 * @param format 1 to {@link #FORMAT}
 * @param store the id of the store
 */
record DirectoryProperties(int format, UUID store) {
  /** The format that this version writes. */
  static final int FORMAT = 1;

  static final String NAME = "coffer.properties";

  /** The name while it is being written. */
  static final String UNFINISHED = NAME + ".new";

  private static final String UNNAMED = NAME + ".copy";

  private static final int BYTES_AT_MOST = 64 << 10;

  static Path in(Path root) {
    return root.resolve(NAME);
  }

  /**
   * Reads the properties of a directory.
   *
   * @throws DirectoryUnusable they cannot be understood, or are those of a newer format
   */
  static DirectoryProperties read(Disk disk, Path root) throws IOException {
    var file = in(root);
    var properties = new Properties();
    try {
      properties.load(new StringReader(text(disk, file)));
      int format = Integer.parseInt(properties.getProperty("format", "").strip());
      if (format > FORMAT) {
        throw Refusals.newer(root, format, FORMAT);
      }
      if (format < 1) {
        throw Refusals.illegible(file, null);
      }
      return new DirectoryProperties(
          format, UUID.fromString(properties.getProperty("store", "").strip()));
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Refusals.illegible(file, e);
    }
  }

  /** Writes them under the name of what is unfinished; durable, and so is the name. */
  void begin(Disk disk, Path root) throws IOException {
    writeAs(root.resolve(UNFINISHED), disk, root);
  }

  /**
   * Writes them durably into a directory that has everything else. Not by way of {@link #begin}: a
   * directory in which that alone was done is made anew.
   */
  void write(Disk disk, Path root) throws IOException {
    var unnamed = root.resolve(UNNAMED);
    writeAs(unnamed, disk, root);
    disk.rename(unnamed, in(root));
    disk.sync(root);
  }

  private void writeAs(Path path, Disk disk, Path root) throws IOException {
    var text =
        """
        # A data directory of Coffer. The format is changed by Coffer alone.
        format=%d
        store=%s
        """
            .formatted(format, store);
    disk.delete(path);
    try (var file = disk.create(path)) {
      file.append(UTF_8.encode(text));
      file.sync();
    }
    disk.sync(root);
  }

  /** Gives them their name: from now on the directory has everything. */
  static void finish(Disk disk, Path root) throws IOException {
    disk.rename(root.resolve(UNFINISHED), in(root));
    disk.sync(root);
  }

  /** A small file, whole. */
  static String text(Disk disk, Path path) throws IOException {
    try (var file = disk.open(path)) {
      var bytes = ByteBuffer.allocate((int) Math.min(file.size(), BYTES_AT_MOST));
      if (!file.read(bytes, 0)) {
        throw Refusals.illegible(path, null);
      }
      return UTF_8.newDecoder().decode(bytes).toString();
    }
  }
}
