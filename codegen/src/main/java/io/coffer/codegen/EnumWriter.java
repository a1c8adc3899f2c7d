package io.coffer.codegen;

import java.util.HashSet;
import java.util.stream.Collectors;

/** Writes an enumeration of words. */
final class EnumWriter {
  private EnumWriter() {}

  static String write(
      ServiceModel.Service service, String shape, ServiceModel.Enumeration enumeration) {
    var type = Names.type(shape);
    var taken = new HashSet<String>();
    var constants =
        enumeration.words().stream()
            .map(
                word -> {
                  var constant = Names.constant(word);
                  while (!taken.add(constant)) {
                    constant += "_";
                  }
                  return "  " + constant + "(" + Names.literal(word) + ")";
                })
            .collect(Collectors.joining(",\n"));
    return """
    package %3$s;

    import io.coffer.model.WireEnum;
    import org.jspecify.annotations.Nullable;

    /** %1$s of the service model. Generated. */
    public enum %1$s implements WireEnum {
    %2$s;

      private final String wire;

      %1$s(String wire) {
        this.wire = wire;
      }

      @Override
      public String wire() {
        return wire;
      }

      /** The constant of a word, or null for a word that the model lacks. */
      public static @Nullable %1$s of(String wire) {
        for (var constant : values()) {
          if (constant.wire.equals(wire)) {
            return constant;
          }
        }
        return null;
      }
    }
    """
        .formatted(type, constants, service.packageName());
  }
}
