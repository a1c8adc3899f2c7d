package io.coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/crash}: nothing that was answered is lost, tried with real kills. */
@Command(
    name = "crash",
    showDefaultValues = true,
    sortOptions = false,
    description = {
      "Tries to refute this claim: what a Coffer server has answered is there after any crash, byte"
          + " for byte, and nothing else is.",
      "",
      "Each round loads a server from many connections with a random mixture of PUT (empty, one"
          + " byte, up to 16 KiB beside the rows, up to 2 MiB in files; with If-None-Match and"
          + " If-Match), DELETE, DELETE of a version, CopyObject, multipart uploads (create, part,"
          + " complete, abort), GET and listings, in a bucket without versions, one with, and one"
          + " whose versioning is switched on and off. At a random moment the server's process is"
          + " killed with SIGKILL; in a third of the rounds once more while it comes up again.",
      "",
      "Then everything is read back and held against a reference model. Each connection has keys of"
          + " its own, so the order of requests for a key is known: what was answered must be"
          + " there, with its SHA-256, length, ETag and metadata; what was deleted must be gone;"
          + " the request that was open may have happened whole or not at all, and no third thing."
          + " Versions, uploads, their parts and all listings must agree with that, page by page."
          + " An answer that S3 does not give, such as a 500 before the kill, counts as a loss.",
      "",
      "At the end the server is stopped in order, and the files of its directory are counted: as"
          + " many as there are objects and parts of more than 16 KiB. Then all is deleted, and no"
          + " file may stay.",
      "",
      "The kill ends the process, not the machine: what the kernel was given survives it, synced or"
          + " not. Loss of power is tried elsewhere, on a simulated disk.",
      ""
    },
    footer = {
      "",
      "Ends with 0 if nothing was lost, with 1 at the first loss; then the directory and the"
          + " server's logs stay, and the seed and the round are printed. The seed fixes what each"
          + " connection asks for and the moments of the kills, not how threads interleave.",
      "",
      "Examples:",
      "  bench/crash                                20 rounds, a minute or two",
      "  bench/crash --rounds 200                   what bench/RESULTS.md reports",
      "  bench/crash --sabotage                     deletes a file in each round: must fail"
    })
final class CrashCommand implements Callable<Integer> {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "this text")
  private boolean help;

  @Option(names = "--rounds", paramLabel = "N", description = "kills, at least")
  private int rounds = 20;

  @Option(names = "--seed", paramLabel = "N", description = "of all that is random; default: any")
  private @Nullable Long seed;

  @Option(names = "--connections", paramLabel = "N", description = "that write at once")
  private int connections = 16;

  @Option(
      names = "--longest",
      paramLabel = "MS",
      description = "load before a kill, at most; 50 at least")
  private int longest = 3000;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "an empty directory for data and logs, kept; default: one that is removed")
  private @Nullable Path directory;

  @Option(
      names = "--sabotage",
      description = "delete one file of the data after each kill, to see that losses are seen")
  private boolean sabotage;

  @Override
  public Integer call() throws IOException, InterruptedException {
    var launcher = Path.of(System.getProperty("coffer.root", ".")).resolve("coffer");
    CofferProcess.build(launcher);
    var folder =
        directory == null
            ? Files.createTempDirectory("coffer-crash")
            : Folders.makeEmpty(directory);
    var settings =
        new CrashSettings(
            launcher,
            folder,
            seed == null ? new Random().nextInt(Integer.MAX_VALUE) : seed,
            connections,
            longest,
            sabotage);
    System.out.printf("seed %d, data and logs in %s%n", settings.seed(), folder);
    var done = new ArrayList<CrashRound>();
    List<String> losses;
    try (var trial = new CrashTrial(settings)) {
      losses = run(trial, done);
    } catch (IOException e) {
      losses =
          List.of("after round %d the server could not be asked: %s".formatted(done.size(), e));
    }
    if (losses.isEmpty()) {
      System.out.println(CrashSummary.of(done));
      if (directory == null) {
        Folders.delete(folder);
      }
      return 0;
    }
    System.out.printf("%nLOST (seed %d, round %d):%n", settings.seed(), done.size());
    losses.forEach(loss -> System.out.println("- " + loss));
    System.out.println("What the server had is in " + folder);
    return 1;
  }

  private List<String> run(CrashTrial trial, List<CrashRound> done)
      throws IOException, InterruptedException {
    trial.begin();
    while (done.size() < rounds) {
      var round = trial.round(done.size() + 1);
      done.add(round);
      System.out.println(round);
      if (!round.losses().isEmpty()) {
        return round.losses();
      }
    }
    return trial.end();
  }
}
