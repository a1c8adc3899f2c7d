package io.coffer.server;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/** {@code coffer explain}: why somebody may do something in a store, or not. */
final class ExplainCommand implements Coffer.Command {
  private static final String WHO = "--who";
  private static final String ACTION = "--action";
  private static final String RESOURCE = "--resource";
  private static final String CONDITION = "--condition";
  private static final String JSON = "--json";
  private static final int DENIED = 1;

  private final Map<String, String> environment;
  private final PrintWriter out;

  private ExplainCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  static CommandSpec spec(Map<String, String> environment, PrintWriter out) {
    var spec = CommandSpec.wrapWithoutInspection(new ExplainCommand(environment, out));
    spec.usageMessage()
        .width(Coffer.WIDTH)
        .sortOptions(false)
        .description(
            "Says whether somebody may do something, and which statement of which policy decides:"
                + " the decision is that of a request, with policies, boundaries, trust policies,"
                + " public access blocks and ACLs as they are now. Nothing is done. A server that"
                + " serves DIR is asked.",
            "")
        .footer(
            "",
            "Exit status: 0 allowed, 1 denied, 2 it cannot be said.",
            "",
            "Examples:",
            "  coffer explain ./data --who arn:aws:iam::000000000001:user/alice \\",
            "      --action s3:GetObject --resource arn:aws:s3:::photos/2026/cat.jpg \\",
            "      --condition aws:SourceIp=10.0.0.1 --condition aws:SecureTransport=true",
            "  coffer explain ./data --who anonymous --action s3:ListBucket \\",
            "      --resource arn:aws:s3:::photos --condition s3:prefix=public/");
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("DIR")
            .type(Path.class)
            .required(true)
            .description("The data directory.")
            .build());
    addOptions(spec);
    Coffer.addHelp(spec);
    return spec;
  }

  private static void addOptions(CommandSpec spec) {
    spec.addOption(
        needed(
            WHO,
            "WHO",
            "'anonymous', an access key id, or the ARN of a user, a role, a session of a role"
                + " (arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION) or"
                + " arn:aws:iam::ACCOUNT:root."));
    spec.addOption(needed(ACTION, "ACTION", "As policies call it: s3:GetObject, sts:AssumeRole."));
    spec.addOption(
        needed(
            RESOURCE,
            "ARN",
            "Of a bucket (arn:aws:s3:::BUCKET), an object (arn:aws:s3:::BUCKET/KEY), a role, a"
                + " user …; * for actions that are of nothing in particular."));
    spec.addOption(
        OptionSpec.builder(CONDITION)
            .paramLabel("KEY=VALUE")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description(
                "What is known of the request, such as aws:SourceIp=10.0.0.1; several times for"
                    + " several keys, or several values of one.")
            .build());
    spec.addOption(
        OptionSpec.builder(JSON)
            .type(boolean.class)
            .arity("0")
            .description("Writes one JSON object.")
            .build());
  }

  private static OptionSpec needed(String name, String label, String description) {
    return OptionSpec.builder(name)
        .paramLabel(label)
        .type(String.class)
        .required(true)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult arguments) {
    Path directory = arguments.matchedPositionalValue(0, Path.of(""));
    var order = AccountOrders.order(Explaining.ORDER);
    order.put(Explaining.WHO, arguments.matchedOptionValue(WHO, ""));
    order.put(Explaining.ACTION, arguments.matchedOptionValue(ACTION, ""));
    order.put(Explaining.RESOURCE, arguments.matchedOptionValue(RESOURCE, ""));
    List<String> given = arguments.matchedOptionValue(CONDITION, List.of());
    var conditions = order.putObject(Explaining.CONDITIONS);
    given.forEach(each -> add(conditions, each));
    try {
      var answer = new StoreAccess(directory, environment).ask(order);
      boolean json = arguments.matchedOptionValue(JSON, false);
      out.println(json ? answer.toString() : answer.path(Explaining.TEXT).asString(""));
      return answer.path(Explaining.ALLOWED).asBoolean(false) ? 0 : DENIED;
    } catch (UsageException e) {
      // Of whatever kind it is: 1 says that somebody is denied.
      throw UsageException.cannotRun(String.valueOf(e.getMessage()), e);
    }
  }

  private static void add(ObjectNode conditions, String given) {
    int mark = given.indexOf('=');
    if (mark < 1) {
      throw UsageException.wrong(
          "The condition '%s' must be KEY=VALUE, such as aws:SourceIp=10.0.0.1.".formatted(given));
    }
    conditions.withArrayProperty(given.substring(0, mark)).add(given.substring(mark + 1));
  }
}
