package io.coffer.server;

/** Writes docs/settings.md from the table of settings. */
final class SettingsTable {
  private SettingsTable() {}

  static String markdown() {
    var out = new StringBuilder();
    out.append("# Settings of `coffer server`\n\n");
    out.append("Written from the code (`Setting`); refresh with ");
    out.append("`./mvnw -pl server -am test -Dcoffer.update.docs=true`.\n\n");
    out.append("Each can be given as a flag, as an environment variable, or as a line ");
    out.append("`name=value` of the properties file that `--config FILE` names; the first of ");
    out.append("these that has it wins. The data directory is the argument, or `--memory`.\n\n");
    out.append("| flag | environment | line of the file | default | what it does |\n");
    out.append("|---|---|---|---|---|\n");
    for (var setting : Setting.values()) {
      var value = setting.defaultValue().isEmpty() ? "–" : "`" + setting.defaultValue() + "`";
      out.append(
          "| `%s %s` | `%s` | `%s` | %s | %s |\n"
              .formatted(
                  setting.flag(),
                  setting.parameter().replace("|", "\\|"),
                  setting.variable(),
                  setting.key(),
                  value,
                  setting.description()));
    }
    out.append("\n`COFFER_DEBUG=1` shows where an error came from; `COFFER_JAVA_OPTS` adds ");
    out.append("options of the Java virtual machine (the launcher's own come before them).\n");
    return out.toString();
  }
}
