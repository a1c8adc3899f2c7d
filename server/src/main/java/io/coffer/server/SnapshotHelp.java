package io.coffer.server;

import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** How {@code coffer snapshot} is called, and what its help says. */
final class SnapshotHelp {
  private static final String DIR = "DIR";
  private static final String DIR_TEXT = "The data directory, as given to 'coffer server'.";
  private static final String NAME = "NAME";

  private SnapshotHelp() {}

  static CommandSpec spec(
      Coffer.Command create, Coffer.Command list, Coffer.Command restore, Coffer.Command delete) {
    var spec = CommandSpec.create();
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .description(
            "Backups of a data directory, while its server goes on serving.",
            "",
            "A snapshot is all buckets at one moment. It is made in seconds and takes hardly any"
                + " room, because files are shared with the server (hard links). So it guards"
                + " against mistakes, and not against the loss of the disk: copy it away.",
            "")
        .footer(
            "",
            "A backup, from another shell or from cron:",
            "  coffer snapshot create ./data nightly",
            "  rsync -a ./data/snapshots/nightly/ backup-host:coffer/nightly/    (or tar, …)",
            "  coffer snapshot delete ./data nightly",
            "And back, into a new directory:",
            "  rsync -a backup-host:coffer/nightly/ ./nightly/",
            "  coffer snapshot restore ./nightly ./data-restored",
            "  coffer server ./data-restored");
    Coffer.addHelp(spec);
    spec.addSubcommand("create", createSpec(create));
    spec.addSubcommand("list", listSpec(list));
    spec.addSubcommand("restore", restoreSpec(restore));
    spec.addSubcommand("delete", deleteSpec(delete));
    return spec;
  }

  private static CommandSpec createSpec(Coffer.Command command) {
    var spec =
        spec(
            command,
            "coffer snapshot create DIR [NAME]",
            "Makes a snapshot in DIR/snapshots/NAME. All that was answered before the command began"
                + " is in it; what is written meanwhile may be.");
    spec.addPositional(directory());
    spec.addPositional(
        name("0..1", "1 to 64 of A-Z a-z 0-9 . _ -. Default: the time, 2026-11-24T10-15-00Z."));
    return spec;
  }

  private static CommandSpec listSpec(Coffer.Command command) {
    var spec =
        spec(
            command,
            "coffer snapshot list DIR [--held]",
            "Lists the snapshots of a data directory. Deleting objects frees no room as long as a"
                + " snapshot holds them.");
    spec.addPositional(directory());
    spec.addOption(
        OptionSpec.builder(SnapshotCommand.HELD)
            .type(boolean.class)
            .arity("0")
            .description(
                "Also count what each one alone holds, which deleting it would free. Looks at"
                    + " every file.")
            .build());
    return spec;
  }

  private static CommandSpec restoreSpec(Coffer.Command command) {
    var spec =
        spec(
            command,
            "coffer snapshot restore (DIR NAME | SNAPSHOT_DIR) NEW_DIR",
            "Makes a new data directory of a snapshot, or of a copy of its directory. On the same"
                + " filesystem that takes seconds and hardly any room; elsewhere files are copied."
                + " A server that serves DIR is not disturbed.");
    spec.addPositional(
        positional("DIR or SNAPSHOT_DIR", "1", "The data directory, or the snapshot's own.")
            .index("0")
            .type(Path.class)
            .build());
    spec.addPositional(
        positional("NAME or NEW_DIR", "1", "The snapshot's name, or the new directory.")
            .index("1")
            .build());
    spec.addPositional(
        positional("NEW_DIR", "0..1", "The new data directory: not there yet, or empty.")
            .index("2")
            .type(Path.class)
            .build());
    return spec;
  }

  private static CommandSpec deleteSpec(Coffer.Command command) {
    var spec =
        spec(
            command,
            "coffer snapshot delete DIR NAME",
            "Deletes a snapshot, and frees what it alone held.");
    spec.addPositional(directory());
    spec.addPositional(name("1", "The snapshot's name."));
    return spec;
  }

  private static CommandSpec spec(Coffer.Command command, String synopsis, String description) {
    var spec = CommandSpec.wrapWithoutInspection(command);
    spec.usageMessage().width(Coffer.WIDTH).customSynopsis(synopsis).description(description, "");
    Coffer.addHelp(spec);
    return spec;
  }

  private static PositionalParamSpec directory() {
    return positional(DIR, "1", DIR_TEXT).index("0").type(Path.class).build();
  }

  private static PositionalParamSpec name(String arity, String description) {
    return positional(NAME, arity, description).index("1").build();
  }

  private static PositionalParamSpec.Builder positional(
      String label, String arity, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .arity(arity)
        .required(arity.equals("1"))
        .type(String.class)
        .description(description);
  }
}
