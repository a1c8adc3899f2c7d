package io.coffer.server;

import io.coffer.service.identity.SealKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys come from that seal secrets.
 *
 * @param given by the operator, the newest first; none for those that the server keeps itself
 */
record SealKeySource(List<SealKey> given) {
  /** The server's own, in its data directory. */
  static final SealKeySource OWN = new SealKeySource(List.of());

  private static final String WANTED =
      "32 random bytes in Base64, such as 'openssl rand -base64 32' prints";

  SealKeySource {
    given = List.copyOf(given);
  }

  /** Whether the server makes and keeps its keys itself. */
  boolean isOwn() {
    return given.isEmpty();
  }

  /**
   * Reads the settings.
   *
   * @throws UsageException they are wrong, or the file cannot be read; keys are not in the message
   */
  static SealKeySource read(SettingValues values) {
    var texts = values.list(Setting.SEAL_KEY);
    var file = values.text(Setting.SEAL_KEY_FILE);
    if (!texts.isEmpty() && !file.isEmpty()) {
      throw UsageException.wrong(
          "Give the seal key by %s or by %s, not by both."
              .formatted(
                  SettingValues.names(Setting.SEAL_KEY),
                  SettingValues.names(Setting.SEAL_KEY_FILE)));
    }
    var lines = file.isEmpty() ? texts : lines(Path.of(file));
    var where = file.isEmpty() ? SettingValues.names(Setting.SEAL_KEY) : file;
    var keys = new ArrayList<SealKey>();
    for (var line : lines) {
      var key = parse(line);
      if (key == null) {
        throw UsageException.wrong(where + " must be " + WANTED + ".");
      }
      keys.add(key);
    }
    if (!file.isEmpty() && keys.isEmpty()) {
      throw UsageException.wrong(where + " holds no key; put one in it: " + WANTED + ".");
    }
    return new SealKeySource(keys);
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw UsageException.wrong(
          "The file of %s cannot be read (%s)."
              .formatted(SettingValues.names(Setting.SEAL_KEY_FILE), Messages.of(e)));
    }
  }

  /** A key in Base64; null for what is none. */
  static @Nullable SealKey parse(String text) {
    try {
      var raw = Base64.getDecoder().decode(text);
      return raw.length == SealKey.BYTES ? new SealKey(raw) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
