package io.coffer.codegen;

import java.util.stream.Collectors;

/** Writes the errors of a service that is asked by forms. */
final class FailureWriter {
  private FailureWriter() {}

  /** The name of the enumeration: {@code IamError}. */
  static String name(ServiceModel.Service service) {
    return Names.type(service.name()) + "Error";
  }

  static String write(ServiceModel model) {
    var constants =
        model.failures().stream()
            .map(
                f ->
                    "  %s(%s, %d, %s)"
                        .formatted(
                            Names.constant(f.code()),
                            Names.literal(f.code()),
                            f.status(),
                            f.sender()))
            .collect(Collectors.joining(",\n"));
    return """
    package %1$s;

    import io.coffer.model.QueryError;

    /** The errors that %3$s answers beside the common ones. Generated. */
    public enum %2$s implements QueryError {
    %4$s;

      private final String code;
      private final int status;
      private final boolean sender;

      %2$s(String code, int status, boolean sender) {
        this.code = code;
        this.status = status;
        this.sender = sender;
      }

      @Override
      public String code() {
        return code;
      }

      @Override
      public int status() {
        return status;
      }

      @Override
      public boolean isOfSender() {
        return sender;
      }
    }
    """
        .formatted(
            model.service().packageName(),
            name(model.service()),
            model.service().title(),
            constants);
  }
}
