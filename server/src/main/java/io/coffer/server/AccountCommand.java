package io.coffer.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer account}: accounts of a store, whether a server has it or not. */
final class AccountCommand {
  private static final String JSON = "--json";
  private final Map<String, String> environment;
  private final PrintWriter out;

  private AccountCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  static CommandSpec spec(Map<String, String> environment, PrintWriter out) {
    var command = new AccountCommand(environment, out);
    var spec = CommandSpec.create();
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .customSynopsis("coffer account (create | list | show | delete) DIR ...")
        .description(
            "Accounts own buckets, users, groups, roles and policies, as in AWS. What is in an"
                + " account is managed with its root key and 'aws iam' (docs/iam.md). A server that"
                + " serves DIR does what is asked at once.",
            "");
    Coffer.addHelp(spec);
    spec.addSubcommand("create", command.createSpec());
    spec.addSubcommand("list", command.listSpec());
    spec.addSubcommand(
        "show", command.named("show", "Shows an account and what it has.", command::show));
    spec.addSubcommand(
        "delete",
        command.named(
            "delete",
            "Deletes an account that has nothing: no bucket, user, group, role, policy or provider."
                + " One that a bootstrap file declares comes back at the next start.",
            command::delete));
    return spec;
  }

  private CommandSpec createSpec() {
    var spec =
        base(
            "coffer account create DIR NAME [OPTION]...",
            "Creates an account and the first key of its root, whose secret is shown only now.",
            this::create);
    spec.addPositional(positional(1, "NAME", "Its name: up to 256 characters."));
    spec.addOption(option("--id", "DIGITS", "Its id, 12 digits. Default: random."));
    spec.addOption(option("--display-name", "NAME", "What listings show. Default: the name."));
    spec.addOption(option("--email", "ADDRESS", "Its e-mail address. Default: none."));
    spec.addOption(option("--canonical-id", "ID", "Its canonical id. Default: random."));
    return spec;
  }

  private CommandSpec listSpec() {
    return base("coffer account list DIR", "Lists all accounts.", this::list);
  }

  private CommandSpec named(String verb, String description, Coffer.Command run) {
    var spec = base("coffer account " + verb + " DIR ACCOUNT", description, run);
    spec.addPositional(positional(1, "ACCOUNT", "Its id or name."));
    return spec;
  }

  private static CommandSpec base(String synopsis, String description, Coffer.Command run) {
    var spec = CommandSpec.wrapWithoutInspection(run);
    spec.usageMessage().width(Coffer.WIDTH).customSynopsis(synopsis).description(description, "");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .paramLabel("DIR")
            .type(Path.class)
            .required(true)
            .description("The data directory.")
            .build());
    spec.addOption(
        OptionSpec.builder(JSON)
            .type(boolean.class)
            .arity("0")
            .description("Writes one JSON object.")
            .build());
    Coffer.addHelp(spec);
    return spec;
  }

  private static PositionalParamSpec positional(int index, String label, String description) {
    return PositionalParamSpec.builder()
        .index(Integer.toString(index))
        .paramLabel(label)
        .type(String.class)
        .required(true)
        .description(description)
        .build();
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .description(description)
        .build();
  }

  private JsonNode ask(ParseResult arguments, ObjectNode order) {
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    return new StoreAccess(directory, environment).ask(order);
  }

  private int create(ParseResult arguments) {
    var order = AccountOrders.order(AccountOrders.CREATE);
    order.put(AccountOrders.NAME, arguments.matchedPositionalValue(1, ""));
    copy(arguments, "--id", order, AccountOrders.ID);
    copy(arguments, "--display-name", order, AccountOrders.DISPLAY_NAME);
    copy(arguments, "--email", order, AccountOrders.EMAIL);
    copy(arguments, "--canonical-id", order, AccountOrders.CANONICAL_ID);
    var answer = ask(arguments, order);
    return print(
        arguments,
        answer,
        "Account %s (%s).%nRoot access key  %s%nRoot secret key  %s%n"
            .formatted(
                text(answer, AccountOrders.NAME),
                text(answer, AccountOrders.ID),
                text(answer, AccountOrders.ACCESS_KEY_ID),
                text(answer, AccountOrders.SECRET)));
  }

  private static void copy(ParseResult arguments, String option, ObjectNode order, String field) {
    if (arguments.hasMatchedOption(option)) {
      order.put(field, arguments.matchedOptionValue(option, ""));
    }
  }

  private int list(ParseResult arguments) {
    var answer = ask(arguments, AccountOrders.order(AccountOrders.LIST));
    var lines = new StringBuilder();
    for (var account : answer.path("accounts")) {
      lines.append(
          String.format(
              Locale.ROOT,
              "%s  %s%n",
              text(account, AccountOrders.ID),
              text(account, AccountOrders.NAME)));
    }
    return print(arguments, answer, lines.toString());
  }

  private int show(ParseResult arguments) {
    var answer = ask(arguments, named(arguments, AccountOrders.SHOW));
    var lines = new StringBuilder();
    for (var field : answer.properties()) {
      var value = field.getValue();
      var texts = value.isArray() ? value.valueStream().toList() : List.of(value);
      for (var each : texts) {
        lines.append("%-14s %s%n".formatted(field.getKey(), each.asString("")));
      }
    }
    return print(arguments, answer, lines.toString());
  }

  private int delete(ParseResult arguments) {
    var answer = ask(arguments, named(arguments, AccountOrders.DELETE));
    return print(
        arguments, answer, "Deleted account %s.%n".formatted(text(answer, AccountOrders.NAME)));
  }

  private static ObjectNode named(ParseResult arguments, String order) {
    return AccountOrders.order(order)
        .put(AccountOrders.ACCOUNT, arguments.matchedPositionalValue(1, ""));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }

  private int print(ParseResult arguments, JsonNode answer, String text) {
    boolean json = arguments.matchedOptionValue(JSON, false);
    out.print(json ? answer + System.lineSeparator() : text);
    out.flush();
    return 0;
  }
}
