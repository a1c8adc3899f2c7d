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
        // Containers often define a variable as empty to leave it out.
        var variable = environment.getOrDefault(setting.variable(), "");
        value = variable.isBlank() ? null : variable;
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
   * One of a few words.
   *
   * @throws UsageException it is another
   */
  String oneOf(Setting setting, String... words) {
    var text = text(setting);
    if (!List.of(words).contains(text)) {
      throw UsageException.wrong(
          "%s must be %s, not '%s'.".formatted(names(setting), String.join(" or ", words), text));
    }
    return text;
  }

  /** A setting by its flag and its variable, since nobody knows where the value came from. */
  static String names(Setting setting) {
    return setting.flag() + " (" + setting.variable() + ")";
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
        "%s must be a whole number from %d to %d, not '%s'."
            .formatted(names(setting), least, most, text));
  }
}
