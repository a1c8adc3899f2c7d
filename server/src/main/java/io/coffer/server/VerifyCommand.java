package io.coffer.server;

import io.coffer.service.Verification;
import io.coffer.storage.StorageException;
import io.coffer.storage.files.DirectoryInUse;
import io.coffer.storage.files.DirectoryUnusable;
import io.coffer.storage.files.FilesSettings;
import io.coffer.storage.files.FilesStorage;
import io.coffer.storage.files.World;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code coffer verify}: reads everything in a data directory, and says what is damaged. */
final class VerifyCommand implements Coffer.Command {
  private static final String RATE = "--rate";
  private static final String BUCKET = "--bucket";
  private static final String JSON = "--json";
  private static final int MEBIBYTE_BITS = 20;
  private static final int DAMAGE = 1;

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean onTerminal;

  private VerifyCommand(PrintWriter out, PrintWriter err, boolean onTerminal) {
    this.out = out;
    this.err = err;
    this.onTerminal = onTerminal;
  }

  /**
   * @param onTerminal whether lines on {@code err} can be written over
   */
  static CommandSpec spec(PrintWriter out, PrintWriter err, boolean onTerminal) {
    var spec = CommandSpec.wrapWithoutInspection(new VerifyCommand(out, err, onTerminal));
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .sortOptions(false)
        .description(
            "Reads everything in a data directory, and says what is damaged: the files of rows,"
                + " every version and every part with its checksums, and what belongs to nothing."
                + " Changes no data. The server must not run: a running one checks itself"
                + " (--scrub-rate).",
            "")
        .footer(
            "",
            "One line for each damage: bucket, key, version, bytes, what is wrong, what to do.",
            "Exit status: 0 all is sound, 1 there is damage, 2 it cannot be checked.",
            "",
            "Examples:",
            "  coffer verify ./data",
            "  coffer verify ./data --rate 50 --json > findings.jsonl");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .type(Path.class)
            .required(true)
            .description("The data directory.")
            .build());
    spec.addOption(
        OptionSpec.builder(RATE)
            .paramLabel("MIB_PER_S")
            .type(int.class)
            .description("Reads no more than so much in a second.")
            .build());
    spec.addOption(
        OptionSpec.builder(BUCKET)
            .paramLabel("NAME")
            .type(String.class)
            .description("Checks the versions and uploads of this bucket only, and nothing else.")
            .build());
    spec.addOption(
        OptionSpec.builder(JSON)
            .type(boolean.class)
            .arity("0")
            .description("Writes one JSON object a line, the last one a summary.")
            .build());
    Coffer.addHelp(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments) {
    Path directory = Objects.requireNonNull(arguments.matchedPositionalValue(0, (Path) null));
    int rate = arguments.matchedOptionValue(RATE, 0);
    if (rate < 0 || (arguments.hasMatchedOption(RATE) && rate == 0)) {
      throw UsageException.wrong(RATE + " must be a whole number from 1 on, not " + rate + ".");
    }
    String bucket = arguments.matchedOptionValue(BUCKET, null);
    boolean json = arguments.matchedOptionValue(JSON, false);
    try (var storage = open(directory)) {
      return verify(storage, (long) rate << MEBIBYTE_BITS, bucket, json);
    } catch (UsageException e) {
      throw e;
    } catch (StorageException e) {
      throw endedEarly(directory, Messages.of(e), e);
    } catch (RuntimeException | Error e) {
      // A fault of ours, or too little memory: no finding, so it must not have a finding's status.
      throw endedEarly(directory, Messages.of(e) + " (COFFER_DEBUG=1 shows where)", e);
    }
  }

  private static UsageException endedEarly(Path directory, String reason, Throwable cause) {
    return UsageException.cannotRun(
        "The check of " + directory + " ended early, because " + reason + ".", cause);
  }

  private static FilesStorage open(Path directory) {
    if (!Files.isRegularFile(directory.resolve("coffer.properties"))) {
      throw UsageException.cannotRun(
          directory + " is no data directory of Coffer: it has no coffer.properties.", null);
    }
    try {
      return FilesStorage.open(
          directory, FilesSettings.defaults().withReserveBytes(0), World.quiet());
    } catch (DirectoryInUse e) {
      throw UsageException.cannotRun(
          e.getMessage() + " A running server checks itself, slowly: see --scrub-rate.", e);
    } catch (DirectoryUnusable e) {
      throw UsageException.cannotRun(String.valueOf(e.getMessage()), e);
    }
  }

  private int verify(FilesStorage storage, long rate, @Nullable String bucket, boolean json) {
    long total = storage.usage().rowBytes() + storage.usage().blobBytes();
    var progress = new VerifyProgress(err, onTerminal, bucket == null ? total : 0);
    var report = new VerifyReport(out, json);
    var verification =
        new Verification(
            storage, rate, finding -> progress.withoutLine(() -> report.found(finding)));
    long start = System.nanoTime();
    try (progress) {
      progress.start(verification);
      if (bucket == null) {
        verification.all();
      } else if (!verification.bucket(bucket)) {
        throw UsageException.cannotRun("There is no bucket '" + bucket + "'.", null);
      }
    }
    report.summary(verification.tally(), System.nanoTime() - start);
    return verification.tally().damage() > 0 ? DAMAGE : 0;
  }
}
