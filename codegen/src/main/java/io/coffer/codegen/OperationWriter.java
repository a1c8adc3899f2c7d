package io.coffer.codegen;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the table of operations of a service whose requests are routed. Shapes are reached by a
 * switch, so that the class of a request is loaded when the first such request comes: loading all
 * of them took half of a start.
 */
final class OperationWriter {
  private OperationWriter() {}

  static String write(ServiceModel model) {
    var rows =
        model.operations().stream().map(o -> row(model, o)).collect(Collectors.joining(",\n"));
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
      private final List<String> subResources;
      private final List<String> headers;
      private final int status;
      private final boolean checksumRequired;
      private final boolean deprecated;

      Operation(
          String modelName,
          String method,
          Target target,
          Map<String, String> query,
          List<String> subResources,
          List<String> headers,
          int status,
          boolean checksumRequired,
          boolean deprecated) {
        this.modelName = modelName;
        this.method = method;
        this.target = target;
        this.query = query;
        this.subResources = subResources;
        this.headers = headers;
        this.status = status;
        this.checksumRequired = checksumRequired;
        this.deprecated = deprecated;
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

      /** Of these parameters those that only name a sub-resource and carry no member, sorted. */
      public List<String> subResources() {
        return subResources;
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
        return switch (this) {
    %s
        };
      }

      /** The shape of the response. */
      public Shape<?> output() {
        return switch (this) {
    %s
        };
      }
    }
    """
        .formatted(
            model.service().packageName(),
            rows,
            cases(model, ServiceModel.Operation::input),
            cases(model, ServiceModel.Operation::output));
  }

  private static String row(ServiceModel model, ServiceModel.Operation o) {
    var route = o.route();
    var query =
        route.query().entrySet().stream()
            .map(e -> Names.literal(e.getKey()) + ", " + Names.literal(e.getValue()))
            .collect(Collectors.joining(", "));
    var subResources = subResources(model, o).map(Names::literal).collect(Collectors.joining(", "));
    var headers = route.headers().stream().map(Names::literal).collect(Collectors.joining(", "));
    return "  %s(%s, %s, Target.%s, Map.of(%s), List.of(%s), List.of(%s), %d, %s, %s)"
        .formatted(
            Names.operation(o.name()),
            Names.literal(o.name()),
            Names.literal(route.method()),
            route.target(),
            query,
            subResources,
            headers,
            o.status(),
            o.checksumRequired(),
            o.deprecated());
  }

  private static Stream<String> subResources(ServiceModel model, ServiceModel.Operation o) {
    var members =
        model.structure(o.input()).members().stream()
            .filter(m -> m.location() == ServiceModel.Location.QUERY)
            .map(ServiceModel.Member::wireName)
            .collect(Collectors.toSet());
    return o.route().query().entrySet().stream()
        .filter(e -> e.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .filter(name -> !members.contains(name))
        .sorted();
  }

  /** Of a switch that gives each operation one of its shapes. */
  static String cases(ServiceModel model, Function<ServiceModel.Operation, String> shape) {
    return model.operations().stream()
        .map(
            o ->
                "      case %s -> %s.SHAPE;"
                    .formatted(Names.operation(o.name()), Names.type(shape.apply(o))))
        .collect(Collectors.joining("\n"));
  }
}
