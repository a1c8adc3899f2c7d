package io.coffer.server;

import io.coffer.service.identity.SealKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code secrets/seal.key} in a data directory, readable by its owner alone: a key a line, in
 * Base64, the newest first; after an older one the time when it was replaced.
 */
final class SealKeyFile {
  static final String NAME = "seal.key";

  private final Path directory;
  private final Path file;

  /**
   * @param secrets the directory of secrets
   */
  SealKeyFile(Path secrets) {
    this.directory = secrets;
    this.file = secrets.resolve(NAME);
  }

  /**
   * A key in the file.
   *
   * @param replaced when a newer one took its place; null for the newest
   */
  record Line(SealKey key, @Nullable Instant replaced) {}

  Path path() {
    return file;
  }

  /**
   * What is in it; empty when it is not there.
   *
   * @throws UsageException it is damaged
   */
  List<Line> read() throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    var lines = new ArrayList<Line>();
    for (var text : Files.readAllLines(file)) {
      if (!text.isBlank() && !text.startsWith("#")) {
        lines.add(line(text.strip()));
      }
    }
    if (lines.isEmpty()) {
      throw damaged();
    }
    return lines;
  }

  private Line line(String text) {
    int blank = text.indexOf(' ');
    var key = SealKeySource.parse(blank < 0 ? text : text.substring(0, blank));
    if (key == null) {
      throw damaged();
    }
    try {
      return new Line(key, blank < 0 ? null : Instant.parse(text.substring(blank + 1)));
    } catch (DateTimeParseException e) {
      throw damaged();
    }
  }

  private UsageException damaged() {
    return UsageException.failed(
        file + " does not hold the keys that were written to it; restore it from a backup.");
  }

  /** Replaces it, whole or not at all; when this returns it is on the disk. */
  void write(List<Line> lines) throws IOException {
    SecretFile.makeDirectory(directory);
    var text =
        new StringBuilder(
            "# Seals the secrets of this store; the first key is the newest. Keep this file secret,"
                + " and with every backup.\n");
    for (var line : lines) {
      text.append(Base64.getEncoder().encodeToString(line.key().raw()));
      if (line.replaced() != null) {
        text.append(' ').append(line.replaced());
      }
      text.append('\n');
    }
    SecretFile.write(file, text.toString());
  }
}
