package io.coffer.server;

/** Writes docs/settings.md from the table of settings. */
final class SettingsTable {
  private static final String HEAD =
      """
      # Settings of `coffer server`

      Written from the code (`Setting`); refresh with
      `./mvnw -pl server -am test -Dcoffer.update.docs=true`.

      Each can be given as a flag, as an environment variable, or as a line `name=value` of the
      properties file that `--config FILE` names; the first of these that has it wins. Those with
      "…" take several values: the flag repeated, or a list separated by commas. The data
      directory is the argument of `coffer server`, or `--memory`.

      | flag | environment | line of the file | default | what it does |
      |---|---|---|---|---|
      """;

  private static final String FOOT =
      """

      `COFFER_DEBUG=1` shows where an error came from. `COFFER_JAVA_OPTS` adds options of the Java
      virtual machine; they come after the launcher's own, so they win.
      """;

  private SettingsTable() {}

  static String markdown() {
    var out = new StringBuilder(HEAD);
    for (var setting : Setting.values()) {
      out.append(row(setting));
    }
    return out.append(FOOT).toString();
  }

  private static String row(Setting setting) {
    var parameter = setting.isSwitch() ? "" : " " + setting.parameter().replace("|", "\\|");
    return "| `%s%s`%s | `%s` | `%s` | %s | %s |\n"
        .formatted(
            setting.flag(),
            parameter,
            setting.isList() ? " …" : "",
            setting.variable(),
            setting.key(),
            setting.defaultValue().isEmpty() ? "–" : "`" + setting.defaultValue() + "`",
            setting.description());
  }
}
