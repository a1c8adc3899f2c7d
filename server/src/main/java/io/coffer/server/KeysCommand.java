package io.coffer.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code coffer keys}: the key that seals the secrets of a store. */
final class KeysCommand {
  private KeysCommand() {}

  static CommandSpec spec(Map<String, String> environment, PrintWriter out) {
    Coffer.Command rotate =
        arguments -> {
          Path directory = arguments.matchedPositionalValue(0, Path.of(""));
          var order = AccountOrders.order(AccountOrders.ROTATE);
          var answer = new StoreAccess(directory, environment).ask(order);
          out.println("All secrets are sealed with the new key " + answer.path("key").asString(""));
          out.println("Make a new backup: it has to have secrets/seal.key as it is now.");
          return 0;
        };
    var spec = CommandSpec.create();
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .customSynopsis("coffer keys rotate DIR")
        .description(
            "Secrets of access keys are kept sealed with a key of the server: secrets/seal.key in"
                + " the data directory, unless --seal-key-file or COFFER_SEAL_KEY gives it.",
            "");
    Coffer.addHelp(spec);
    spec.addSubcommand("rotate", rotateSpec(rotate));
    return spec;
  }

  private static CommandSpec rotateSpec(Coffer.Command rotate) {
    var spec = CommandSpec.wrapWithoutInspection(rotate);
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .customSynopsis("coffer keys rotate DIR")
        .description(
            "Makes a new key, and seals all secrets with it; a server that serves DIR goes on"
                + " meanwhile. The old one stays in secrets/seal.key until no session of its time"
                + " can be left: the first rotation after 36 hours drops it.",
            "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .type(Path.class)
            .required(true)
            .description("The data directory.")
            .build());
    Coffer.addHelp(spec);
    return spec;
  }
}
