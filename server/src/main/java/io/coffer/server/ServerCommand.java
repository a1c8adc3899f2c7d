package io.coffer.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code coffer server}: serves until it is told to stop. */
final class ServerCommand implements Coffer.Command {
  private static final String MEMORY = "--memory";
  private static final String CONFIG = "--config";

  private final Map<String, String> environment;
  private final PrintWriter out;

  private ServerCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  static CommandSpec spec(Map<String, String> environment, PrintWriter out) {
    var spec = CommandSpec.wrapWithoutInspection(new ServerCommand(environment, out));
    spec.usageMessage()
        .description(
            "Serves the S3 API from a directory, or from memory.",
            "",
            "Every setting is a flag, an environment variable (COFFER_ADDRESS for --address), or a"
                + " line of the file that --config names (address=...); the first of these that"
                + " has it wins.",
            "")
        .footer(
            "",
            "Examples:",
            "  coffer server ./data",
            "  coffer server --memory --address 127.0.0.1:9100",
            "  COFFER_ROOT_ACCESS_KEY=admin COFFER_ROOT_SECRET_KEY=... coffer server /srv/coffer",
            "  coffer server ./data --domain s3.example.com    (then bucket.s3.example.com works)");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .arity("0..1")
            .type(Path.class)
            .description("The data directory; made if it is not there.")
            .build());
    spec.addOption(
        OptionSpec.builder(MEMORY)
            .type(boolean.class)
            .arity("0")
            .description("Keep everything in memory: all is gone when the server ends.")
            .build());
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description("A properties file with settings.")
            .build());
    for (var setting : Setting.values()) {
      var ending =
          setting.defaultValue().isEmpty() ? "" : " Default: " + setting.defaultValue() + ".";
      spec.addOption(
          OptionSpec.builder(setting.flag())
              .paramLabel(setting.parameter())
              .type(String.class)
              .description(setting.description() + ending)
              .build());
    }
    Coffer.addHelp(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    var options = options(arguments);
    var json = logsInJson(arguments);
    Logs.configure(json);
    try (var server = CofferServer.start(options)) {
      out.print(Greeting.of(server, options));
      out.flush();
      server.awaitStop();
    }
    return 0;
  }

  /** What the arguments, the environment and the settings file say together. */
  private ServerOptions options(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, null);
    boolean memory = arguments.matchedOptionValue(MEMORY, false);
    if ((directory == null) != memory) {
      throw UsageException.wrong(
          memory
              ? "Give a directory or --memory, not both."
              : "Give the data directory (coffer server ./data), or --memory to keep nothing.");
    }
    return ServerOptions.of(directory, values(arguments));
  }

  private boolean logsInJson(ParseResult arguments) {
    var format = values(arguments).text(Setting.LOG_FORMAT);
    return switch (format) {
      case "text" -> false;
      case "json" -> true;
      default ->
          throw UsageException.wrong("--log-format must be text or json, not '" + format + "'.");
    };
  }

  private SettingValues values(ParseResult arguments) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      String value = arguments.matchedOptionValue(setting.flag(), null);
      if (value != null) {
        flags.put(setting, value);
      }
    }
    Path config = arguments.matchedOptionValue(CONFIG, null);
    return SettingValues.of(flags, environment, config);
  }
}
