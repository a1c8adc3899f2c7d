package io.coffer.codegen;

import java.util.stream.Collectors;

/** Writes the table of operations of a service whose requests are routed. */
final class OperationWriter {
  private OperationWriter() {}

  static String write(ServiceModel model) {
    var rows =
        model.operations().stream().map(OperationWriter::row).collect(Collectors.joining(",\n"));
    return """
    package %s;

    import io.coffer.model.Shape;
    import io.coffer.model.Target;
    import java.util.List;
    import java.util.Map;

    /** The operations of the service model: how a request tells which it means. Generated. */
    public enum Operation {
    %s;

      private final String modelName;
      private final String method;
      private final Target target;
      private final Map<String, String> query;
      private final List<String> headers;
      private final int status;
      private final boolean checksumRequired;
      private final boolean deprecated;
      private final Shape<?> input;
      private final Shape<?> output;

      Operation(
          String modelName,
          String method,
          Target target,
          Map<String, String> query,
          List<String> headers,
          int status,
          boolean checksumRequired,
          boolean deprecated,
          Shape<?> input,
          Shape<?> output) {
        this.modelName = modelName;
        this.method = method;
        this.target = target;
        this.query = query;
        this.headers = headers;
        this.status = status;
        this.checksumRequired = checksumRequired;
        this.deprecated = deprecated;
        this.input = input;
        this.output = output;
      }

      /** AWS's name, such as PutObject. */
      public String modelName() {
        return modelName;
      }

      /** The HTTP method. */
      public String method() {
        return method;
      }

      /** What it acts on. */
      public Target target() {
        return target;
      }

      /** Parameters that the query must have; the empty string stands for any value. */
      public Map<String, String> query() {
        return query;
      }

      /** Headers that must be there; they tell operations apart that are otherwise alike. */
      public List<String> headers() {
        return headers;
      }

      /** The status of success. */
      public int status() {
        return status;
      }

      /** Whether the body must come with Content-MD5 or another checksum. */
      public boolean checksumRequired() {
        return checksumRequired;
      }

      /** Whether another operation has taken its place. */
      public boolean deprecated() {
        return deprecated;
      }

      /** The shape of the request. */
      public Shape<?> input() {
        return input;
      }

      /** The shape of the response. */
      public Shape<?> output() {
        return output;
      }
    }
    """
        .formatted(model.service().packageName(), rows);
  }

  private static String row(ServiceModel.Operation o) {
    var route = o.route();
    var query =
        route.query().entrySet().stream()
            .map(e -> Names.literal(e.getKey()) + ", " + Names.literal(e.getValue()))
            .collect(Collectors.joining(", "));
    var headers = route.headers().stream().map(Names::literal).collect(Collectors.joining(", "));
    return "  %s(%s, %s, Target.%s, Map.of(%s), List.of(%s), %d, %s, %s, %s.SHAPE, %s.SHAPE)"
        .formatted(
            Names.operation(o.name()),
            Names.literal(o.name()),
            Names.literal(route.method()),
            route.target(),
            query,
            headers,
            o.status(),
            o.checksumRequired(),
            o.deprecated(),
            Names.type(o.input()),
            Names.type(o.output()));
  }
}
