package io.coffer.api;

import io.coffer.model.s3.Operation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.Predicate;

/** The page that says for each operation of S3 whether it works here. */
public final class OperationsPage {
  private OperationsPage() {}

  /**
   * Writes the page as Markdown.
   *
   * @param supports whether an operation is built
   */
  public static String render(Predicate<Operation> supports) {
    var operations =
        Arrays.stream(Operation.values())
            .sorted(Comparator.comparing(Operation::modelName))
            .toList();
    long built = operations.stream().filter(supports).count();
    var page = new StringBuilder();
    page.append("# Operations\n\n")
        .append("Every operation of Amazon's S3 model, and what Coffer answers. ")
        .append("Written from the code; a test fails when it is stale.\n\n")
        .append(
            "%d of %d work; the rest answers `501 NotImplemented`. "
                .formatted(built, operations.size()))
        .append("Browser forms (`PostObject`), which the model lacks, work as well.\n\n")
        .append("| operation | request | answer |\n| --- | --- | --- |\n");
    for (var operation : operations) {
      page.append(
          "| %s | `%s` | %s |\n"
              .formatted(
                  operation.modelName(),
                  request(operation),
                  supports.test(operation) ? "works" : "501"));
    }
    return page.toString();
  }

  private static String request(Operation operation) {
    var request = new StringBuilder(operation.method());
    request.append(
        switch (operation.target()) {
          case SERVICE -> " /";
          case BUCKET -> " /bucket";
          case OBJECT -> " /bucket/key";
        });
    var separator = "?";
    for (var name : operation.query().keySet().stream().sorted().toList()) {
      var value = operation.query().get(name);
      request.append(separator).append(name);
      if (value != null && !value.isEmpty()) {
        request.append('=').append(value);
      }
      separator = "&";
    }
    operation.headers().forEach(h -> request.append(" + ").append(h));
    return request.toString();
  }
}
