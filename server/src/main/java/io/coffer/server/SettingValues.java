package io.coffer.server;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The settings as given, each from the first place that has it: flag, environment, file, default.
 * Immutable.
 */
final class SettingValues {
  private final Map<Setting, String> values;

  private SettingValues(Map<Setting, String> values) {
    this.values = values;
  }

  /**
   * Gathers them.
   *
   * @param flags by setting, as far as given
   * @param environment of the process
   * @param file a properties file, or null
   * @throws UsageException the file cannot be read or has an unknown line
   */
  static SettingValues of(
      Map<Setting, String> flags, Map<String, String> environment, @Nullable Path file) {
    var lines = file == null ? new Properties() : read(file);
    var values = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      var value = flags.get(setting);
      if (value == null) {
        value = environment.get(setting.variable());
      }
      if (value == null) {
        value = lines.getProperty(setting.key(), setting.defaultValue());
      }
      values.put(setting, value.trim());
    }
    return new SettingValues(values);
  }

  private static Properties read(Path file) {
    var lines = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      lines.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw UsageException.wrong(
          "The settings file " + file + " cannot be read (" + Messages.of(e) + ").");
    }
    for (var name : lines.stringPropertyNames()) {
      if (Arrays.stream(Setting.values()).noneMatch(s -> s.key().equals(name))) {
        throw UsageException.wrong(
            "The settings file "
                + file
                + " has an unknown setting '"
                + name
                + "'; docs/settings.md lists those that there are.");
      }
    }
    return lines;
  }

  /** A value; empty for none. */
  String text(Setting setting) {
    return values.getOrDefault(setting, "");
  }

  /** Values that were separated by commas. */
  List<String> list(Setting setting) {
    return Arrays.stream(text(setting).split(",", -1))
        .map(String::trim)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  /**
   * A whole number.
   *
   * @throws UsageException it is none, or not within the bounds
   */
  int number(Setting setting, int least, int most) {
    var text = text(setting);
    try {
      int value = Integer.parseInt(text);
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw UsageException.wrong(
        "%s (%s) must be a whole number from %d to %d, not '%s'."
            .formatted(setting.flag(), setting.variable(), least, most, text));
  }
}
