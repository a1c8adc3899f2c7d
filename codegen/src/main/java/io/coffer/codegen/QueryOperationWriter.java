package io.coffer.codegen;

import java.util.stream.Collectors;

/**
 * Writes the table of operations of a service that is asked by forms. Shapes are reached by a
 * switch, so that the class of a request is loaded when the first such request comes.
 */
final class QueryOperationWriter {
  private QueryOperationWriter() {}

  static String write(ServiceModel model) {
    var rows =
        model.operations().stream()
            .map(QueryOperationWriter::row)
            .collect(Collectors.joining(",\n"));
    return """
    package %s;

    import io.coffer.model.QueryOperation;
    import io.coffer.model.Shape;
    import java.util.Arrays;
    import java.util.Map;
    import java.util.function.Function;
    import java.util.stream.Collectors;
    import org.jspecify.annotations.Nullable;

    /** The operations of the service model. Generated. */
    public enum Operation implements QueryOperation {
    %s;

      /** The version of the API that requests name. */
      public static final String VERSION = %s;

      /** The XML namespace of all answers. */
      public static final String NAMESPACE = %s;

      private static final Map<String, Operation> BY_NAME =
          Arrays.stream(values())
              .collect(Collectors.toUnmodifiableMap(o -> o.modelName, Function.identity()));

      private final String modelName;
      private final @Nullable String result;
      private final boolean signed;

      Operation(String modelName, @Nullable String result, boolean signed) {
        this.modelName = modelName;
        this.result = result;
        this.signed = signed;
      }

      /** The operation of that name, or null. */
      public static @Nullable Operation of(String modelName) {
        return BY_NAME.get(modelName);
      }

      @Override
      public String modelName() {
        return modelName;
      }

      @Override
      public @Nullable String result() {
        return result;
      }

      @Override
      public boolean signed() {
        return signed;
      }

      @Override
      public Shape<?> input() {
        return switch (this) {
    %s
        };
      }

      @Override
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
            Names.literal(model.service().version()),
            Names.literal(model.service().namespace()),
            OperationWriter.cases(model, ServiceModel.Operation::input),
            OperationWriter.cases(model, ServiceModel.Operation::output));
  }

  private static String row(ServiceModel.Operation o) {
    return "  %s(%s, %s, %s)"
        .formatted(
            Names.operation(o.name()),
            Names.literal(o.name()),
            o.result() == null ? "null" : Names.literal(o.result()),
            o.signed());
  }
}
