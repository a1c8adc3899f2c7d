package io.coffer.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program behind the commands of this directory. */
@Command(
    name = "bench",
    subcommands = {
      LoadCommand.class,
      MemoryCommand.class,
      CrashCommand.class,
      FullCommand.class,
      MillionCommand.class,
      StoreCommand.class,
      AfterDeletesCommand.class,
      SnapshotCommand.class,
      AuthorizeCommand.class
    },
    description = "Measures S3 servers.")
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    var line = new CommandLine(new Main());
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          command.getErr().println("bench: " + failure);
          return 1;
        });
    System.exit(line.execute(args));
  }
}
