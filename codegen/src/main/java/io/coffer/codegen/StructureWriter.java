package io.coffer.codegen;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a structure as a record with its shape and its builder. */
final class StructureWriter {
  private final ServiceModel model;
  private final String name;
  private final ServiceModel.Structure structure;
  private final StringBuilder out = new StringBuilder();

  StructureWriter(ServiceModel model, String name, ServiceModel.Structure structure) {
    this.model = model;
    this.name = Names.type(name);
    this.structure = structure;
  }

  String write() {
    var components =
        structure.members().stream()
            .map(m -> "    " + javaType(m, !isLabel(m)) + " " + Names.component(m.name()))
            .collect(Collectors.joining(",\n"));
    line("package " + model.service().packageName() + ";");
    line("");
    line("import io.coffer.model.Constraints;");
    line("import io.coffer.model.Location;");
    line("import io.coffer.model.Member;");
    line("import io.coffer.model.Shape;");
    line("import io.coffer.model.TimestampFormat;");
    line("import io.coffer.model.Type;");
    line("import org.jspecify.annotations.Nullable;");
    line("");
    line("/** " + name + " of the service model. Generated; null is absent. */");
    line("public record " + name + "(\n" + components + ") {");
    shape();
    line("");
    line("  public static Builder builder() {\n    return new Builder();\n  }");
    line("");
    toBuilder();
    line("");
    toText();
    builder();
    line("}");
    return out.toString();
  }

  private static boolean isLabel(ServiceModel.Member member) {
    return member.location() == ServiceModel.Location.LABEL;
  }

  private void shape() {
    var root = structure.rootName() == null ? name : structure.rootName();
    line("  public static final Shape<" + name + "> SHAPE =");
    line(
        "      new Shape<>(%s, %s, %s, %s, members(), Builder::new);"
            .formatted(
                Names.literal(name),
                Names.literal(root),
                Names.literal(model.service().namespace()),
                structure.bareText()));
    line("");
    line("  private static java.util.List<Member<" + name + ", ?>> members() {");
    line("    return java.util.List.<Member<" + name + ", ?>>of(");
    line(structure.members().stream().map(this::member).collect(Collectors.joining(",\n")) + ");");
    line("  }");
  }

  private String member(ServiceModel.Member m) {
    return ("        new Member<%s, %s>(%s, Location.%s, %s, %s, %s, %s, %s::%s,"
            + " (b, v) -> ((Builder) b).%s(v))")
        .formatted(
            name,
            javaType(m, false),
            Names.literal(m.name()),
            m.location(),
            Names.literal(m.wireName()),
            runtimeType(m.shape(), m),
            m.required(),
            constraints(m),
            name,
            Names.component(m.name()),
            Names.component(m.name()));
  }

  private static String constraints(ServiceModel.Member m) {
    var c = m.constraints();
    if (c == null) {
      return m.sensitive() ? "Constraints.OF_SECRET" : "Constraints.NONE";
    }
    return constraints(c, m.sensitive());
  }

  private static String constraints(ServiceModel.Constraints c, boolean sensitive) {
    return "new Constraints(%s, %s, %s, %s, %s)"
        .formatted(
            c.min() == null ? "Long.MIN_VALUE" : c.min() + "L",
            c.max() == null ? "Long.MAX_VALUE" : c.max() + "L",
            c.pattern() == null ? "null" : Names.literal(c.pattern()),
            sensitive,
            c.items() == null ? "null" : constraints(c.items(), false));
  }

  private void toBuilder() {
    line("  public Builder toBuilder() {");
    line("    var builder = new Builder();");
    for (var m : structure.members()) {
      var component = Names.component(m.name());
      line("    builder." + component + " = " + component + ";");
    }
    line("    return builder;\n  }");
  }

  /** Keys and secrets are not to be found in a log. */
  private void toText() {
    if (structure.members().stream().noneMatch(ServiceModel.Member::sensitive)) {
      return;
    }
    var text =
        structure.members().stream()
            .map(
                m -> {
                  var component = Names.component(m.name());
                  var value =
                      m.sensitive() ? "(" + component + " == null ? null : \"***\")" : component;
                  return "\"" + component + "=\" + " + value;
                })
            .collect(Collectors.joining("\n        + \", \" + "));
    line("  /** Without what the model calls sensitive. */");
    line("  @Override\n  public String toString() {");
    line("    return \"" + name + "[\" + " + text + " + \"]\";\n  }\n");
  }

  private void builder() {
    line("  /** Builds it. Not thread-safe. */");
    line("  public static final class Builder implements io.coffer.model.Builder<" + name + "> {");
    for (var m : structure.members()) {
      line("    private " + javaType(m, true) + " " + Names.component(m.name()) + ";");
    }
    for (var m : structure.members()) {
      var component = Names.component(m.name());
      line("");
      line("    public Builder " + component + "(" + javaType(m, true) + " value) {");
      line("      this." + component + " = value;\n      return this;\n    }");
    }
    line("");
    line("    @Override\n    public " + name + " build() {");
    var arguments =
        structure.members().stream()
            .map(
                m ->
                    isLabel(m)
                        ? "java.util.Objects.requireNonNull("
                            + Names.component(m.name())
                            + ", \""
                            + m.name()
                            + "\")"
                        : Names.component(m.name()))
            .collect(Collectors.joining(", "));
    line("      return new " + name + "(" + arguments + ");\n    }\n  }");
  }

  private String javaType(ServiceModel.Member member, boolean nullable) {
    var type = member.streaming() ? "io.coffer.model.Body" : javaType(member.shape());
    if (!nullable) {
      return type;
    }
    if (type.equals("byte[]")) {
      return "byte @Nullable []";
    }
    int qualifier =
        type.indexOf('<') < 0 ? type.lastIndexOf('.') : type.lastIndexOf('.', type.indexOf('<'));
    return qualifier < 0
        ? "@Nullable " + type
        : type.substring(0, qualifier + 1) + "@Nullable " + type.substring(qualifier + 1);
  }

  private String javaType(String shapeName) {
    return switch (model.shape(shapeName)) {
      case ServiceModel.Scalar scalar -> scalar.javaType();
      case ServiceModel.Enumeration ignored -> qualified(shapeName);
      case ServiceModel.Structure ignored -> qualified(shapeName);
      case ServiceModel.MapShape map -> "java.util.Map<String, " + javaType(map.value()) + ">";
      case ServiceModel.ListShape list -> "java.util.List<" + javaType(list.element()) + ">";
    };
  }

  private String runtimeType(String shapeName, ServiceModel.@Nullable Member member) {
    if (member != null && member.streaming()) {
      return "new Type.Stream()";
    }
    return switch (model.shape(shapeName)) {
      case ServiceModel.Scalar scalar when scalar == ServiceModel.Scalar.TIMESTAMP ->
          "new Type.Timestamp(TimestampFormat." + timestampFormat(member) + ")";
      case ServiceModel.Scalar scalar -> "new Type." + scalar.runtimeType() + "()";
      case ServiceModel.Enumeration ignored -> {
        var type = qualified(shapeName);
        yield "new Type.Enumeration<>(%s, %s.class, %s::of)"
            .formatted(Names.literal(shapeName), type, type);
      }
      case ServiceModel.MapShape map ->
          "new Type.MapOf<%s>(%s)".formatted(javaType(map.value()), runtimeType(map.value(), null));
      case ServiceModel.Structure ignored ->
          "new Type.Structure<>(() -> " + qualified(shapeName) + ".SHAPE)";
      case ServiceModel.ListShape list -> {
        boolean flattened = list.flattened() || (member != null && member.flattened());
        yield "new Type.ListOf<"
            + javaType(list.element())
            + ">("
            + runtimeType(list.element(), null)
            + ", "
            + Names.literal(list.itemName())
            + ", "
            + flattened
            + ")";
      }
    };
  }

  private String qualified(String shapeName) {
    return model.service().packageName() + "." + Names.type(shapeName);
  }

  private String timestampFormat(ServiceModel.@Nullable Member member) {
    var format = member == null ? null : member.timestampFormat();
    if (format == null) {
      if (model.service().protocol() == ServiceModel.Protocol.QUERY) {
        return "ISO_8601_SECONDS";
      }
      boolean header = member != null && member.location() == ServiceModel.Location.HEADER;
      return header ? "HTTP_DATE" : "ISO_8601";
    }
    return switch (format) {
      case "iso8601" -> "ISO_8601";
      case "rfc822" -> "HTTP_DATE";
      case "unixTimestamp" -> "EPOCH_SECONDS";
      default -> throw new IllegalStateException("timestamp format " + format);
    };
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
