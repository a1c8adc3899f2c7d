package io.coffer.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        .width(Coffer.WIDTH)
        .sortOptions(false)
        .customSynopsis("coffer server [DIR | --memory] [--config FILE] [SETTING]...")
        .description(
            "Serves the S3 API from a directory, or from memory, until SIGTERM or Ctrl-C.",
            "",
            "Every setting is a flag, an environment variable (COFFER_ADDRESS for --address), or a"
                + " line of the file that --config names (address=...); the first of these that"
                + " has it wins.",
            "")
        .footer(
            "",
            "Examples:",
            "  Serve ./data on 127.0.0.1:9000; the first start prints the access key:",
            "    coffer server ./data",
            "  Keep nothing, for tests, on any free port:",
            "    coffer server --memory --address 127.0.0.1:0",
            "  Serve other machines, with a key of your choice and virtual hosts:",
            "    export COFFER_ROOT_ACCESS_KEY=admin COFFER_ROOT_SECRET_KEY=...",
            "    coffer server /srv/coffer --address 0.0.0.0:9000 --domain s3.example.com",
            "  Speak HTTPS, for development:",
            "    coffer server ./data --tls-self-signed",
            "  Behind a proxy that clients know as s3.example.com:",
            "    coffer server ./data --signing-host s3.example.com --trusted-proxy 10.0.0.0/8");
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
      spec.addOption(option(setting));
    }
    Coffer.addHelp(spec);
    return spec;
  }

  private static OptionSpec option(Setting setting) {
    var ending = "";
    if (setting.isList()) {
      ending = " Repeatable, or several separated by commas.";
    } else if (!setting.defaultValue().isEmpty()) {
      ending = " Default: " + setting.defaultValue() + ".";
    }
    if (setting.isSwitch()) {
      return OptionSpec.builder(setting.flag())
          .type(boolean.class)
          .arity("0")
          .description(setting.description())
          .build();
    }
    // picocli reads '%' in descriptions as a format
    return OptionSpec.builder(setting.flag())
        .paramLabel(setting.parameter())
        .type(List.class)
        .auxiliaryTypes(String.class)
        .description((setting.description() + ending).replace("%", "%%"))
        .build();
  }

  @Override
  public int run(ParseResult arguments) {
    var values = values(arguments);
    var options = OptionsReader.read(directory(arguments), values);
    Logs.configure(values.oneOf(Setting.LOG_FORMAT, "text", "json").equals("json"));
    try (var server = CofferServer.start(options)) {
      server.stopOnSignal();
      out.print(Greeting.of(server, options));
      out.flush();
      server.awaitStop();
    }
    return 0;
  }

  private static @Nullable Path directory(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, null);
    boolean memory = arguments.matchedOptionValue(MEMORY, false);
    if ((directory == null) != memory) {
      throw UsageException.wrong(
          memory
              ? "Give a directory or --memory, not both."
              : "Give the data directory (coffer server ./data), or --memory to keep nothing.");
    }
    return directory;
  }

  /** What the flags, the environment and the settings file say together. */
  private SettingValues values(ParseResult arguments) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    for (var setting : Setting.values()) {
      if (setting.isSwitch()) {
        if (arguments.matchedOptionValue(setting.flag(), false)) {
          flags.put(setting, "on");
        }
        continue;
      }
      List<String> given = arguments.matchedOptionValue(setting.flag(), List.of());
      if (given.size() > 1 && !setting.isList()) {
        throw UsageException.wrong(setting.flag() + " can be given once only.");
      }
      if (!given.isEmpty()) {
        flags.put(setting, String.join(",", given));
      }
    }
    Path config = arguments.matchedOptionValue(CONFIG, null);
    return SettingValues.of(flags, environment, config);
  }
}
