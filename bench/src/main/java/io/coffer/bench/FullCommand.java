package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench/full}: what a server does on a disk that is full. */
@Command(
    name = "full",
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Fills the filesystem of DIR, twice, and looks whether a Coffer server there goes on: first"
          + " by PUTs until they are refused, then from outside to its last byte. Reads, listings,"
          + " deletes and aborts must go on, space must come back, and when what is from outside is"
          + " gone PUT must work again, all without a restart; then again with a kill at 100 %%.",
      "",
      "DIR is an empty directory on a small filesystem of its own, 300 MiB to some GiB, as in",
      "  mount -t tmpfs -o size=400m tmpfs DIR",
      "",
      "Ends with 0 if all went as it must, and with 1 at the first step that did not.",
      ""
    })
final class FullCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(names = "--small", paramLabel = "N", description = "objects beside the rows")
  private int small = 12_000;

  @Option(names = "--small-size", paramLabel = "SIZE", description = "of each of them")
  private String smallSize = "6k";

  @Option(names = "--reserve", paramLabel = "MIB", description = "the server's --disk-reserve")
  private int reserve = 128;

  @Parameters(paramLabel = "DIR", description = "on a small filesystem")
  private Path directory = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    Folders.makeEmpty(directory);
    var launcher = Path.of(System.getProperty("coffer.root", ".")).resolve("coffer");
    CofferProcess.build(launcher);
    var settings = List.of("--disk-reserve", Integer.toString(reserve), "--access-log", "off");
    var log = Files.createTempFile("coffer-full", ".log");
    try (var trial =
        new FullTrial(launcher, directory, log, settings, small, Bytes.parse(smallSize))) {
      trial.run();
      System.out.println("\nAll went as it must.");
      return 0;
    } catch (IOException e) {
      System.out.println("\nFAILED: " + e.getMessage() + "\nThe server's log: " + log);
      return 1;
    }
  }
}
