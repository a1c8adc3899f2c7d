package io.coffer.server;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code coffer}. */
public final class Coffer {
  /** Columns of help texts. */
  static final int WIDTH = 100;

  private Coffer() {}

  public static void main(String[] args) {
    var out = new PrintWriter(System.out, true);
    var err = new PrintWriter(System.err, true);
    int status = run(args, System.getenv(), out, err);
    if (status != 0) {
      System.exit(status);
    }
  }

  /**
   * Runs a command.
   *
   * @return the exit status: 0, 2 for wrong usage, 1 for other failures
   */
  static int run(String[] args, Map<String, String> environment, PrintWriter out, PrintWriter err) {
    var commands = commandLine(environment, out, err);
    commands.setOut(out);
    commands.setErr(err);
    commands.setParameterExceptionHandler(
        (e, given) -> {
          err.println("coffer: " + e.getMessage());
          err.println(
              "'" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help' helps.");
          return UsageException.USAGE;
        });
    commands.setExecutionStrategy(
        parsed -> {
          try {
            return execute(parsed, out);
          } catch (RuntimeException e) {
            return report(e, environment, err);
          }
        });
    return commands.execute(args);
  }

  /** One sentence; where it came from only for those who ask. */
  private static int report(RuntimeException e, Map<String, String> environment, PrintWriter err) {
    if (environment.containsKey("COFFER_DEBUG")) {
      e.printStackTrace(err);
    }
    if (e instanceof UsageException usage) {
      err.println("coffer: " + usage.getMessage());
      return usage.exitStatus();
    }
    err.println("coffer: " + Messages.of(e) + " (COFFER_DEBUG=1 shows where)");
    return UsageException.FAILURE;
  }

  private static CommandLine commandLine(
      Map<String, String> environment, PrintWriter out, PrintWriter err) {
    var spec = CommandSpec.create().name("coffer");
    spec.usageMessage()
        .width(WIDTH)
        .description("An object store that speaks the Amazon S3 API.", "")
        .footer(
            "",
            "Examples:",
            "  coffer server ./data      serve what is in ./data, on 127.0.0.1:9000",
            "  coffer server --memory    the same with nothing kept: for tests",
            "  coffer server --help      all settings",
            "  coffer verify ./data      read everything in ./data, and say what is damaged",
            "  coffer snapshot --help    backups of a running server",
            "  coffer account --help     accounts, which own buckets and users",
            "  coffer keys --help        the key that seals secrets",
            "  coffer explain --help     why somebody may do something, or not");
    addHelp(spec);
    spec.addSubcommand("server", ServerCommand.spec(environment, out));
    spec.addSubcommand("verify", VerifyCommand.spec(out, err, Terminal.isStandardError()));
    spec.addSubcommand("snapshot", SnapshotCommand.spec(out));
    spec.addSubcommand("account", AccountCommand.spec(environment, out));
    spec.addSubcommand("keys", KeysCommand.spec(environment, out));
    spec.addSubcommand("explain", ExplainCommand.spec(environment, out));
    spec.addSubcommand("version", versionSpec(out));
    return new CommandLine(spec);
  }

  private static int execute(CommandLine.ParseResult parsed, PrintWriter out) {
    var help = CommandLine.executeHelpRequest(parsed);
    if (help != null) {
      return help;
    }
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    if (last.commandSpec().userObject() instanceof Command command) {
      return command.run(last);
    }
    last.commandSpec().commandLine().usage(out);
    return UsageException.USAGE;
  }

  /** What a subcommand does. */
  interface Command {
    /** Runs it, and gives the exit status. */
    int run(CommandLine.ParseResult arguments);
  }

  private static CommandSpec versionSpec(PrintWriter out) {
    Command print =
        arguments -> {
          out.println("coffer " + Version.text() + ", Java " + Runtime.version());
          return 0;
        };
    var spec = CommandSpec.wrapWithoutInspection(print);
    spec.usageMessage().width(WIDTH).description("Prints the version.");
    addHelp(spec);
    return spec;
  }

  static void addHelp(CommandSpec spec) {
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this help.").build());
  }
}
