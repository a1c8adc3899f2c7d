package io.coffer.codegen;

import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** From the model's names to Java's. */
final class Names {
  /** What a record, its shape or its builder already calls its own, beside Java's keywords. */
  private static final Set<String> TAKEN =
      Set.of(
          "build",
          "builder",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "members",
          "notify",
          "notifyAll",
          "toBuilder",
          "toString",
          "wait");

  private Names() {}

  /** The component of a record: {@code ETag} is eTag, {@code SSECustomerKey} is sseCustomerKey. */
  static String component(String member) {
    int capitals = 0;
    while (capitals < member.length() && Character.isUpperCase(member.charAt(capitals))) {
      capitals++;
    }
    boolean wordFollows =
        capitals > 1
            && capitals < member.length()
            && Character.isLowerCase(member.charAt(capitals));
    int lower = wordFollows ? capitals - 1 : capitals;
    var name = member.substring(0, lower).toLowerCase(Locale.ROOT) + member.substring(lower);
    return TAKEN.contains(name) || SourceVersion.isKeyword(name) ? name + "_" : name;
  }

  /** The constant of an operation: {@code PutObject} is PUT_OBJECT. */
  static String operation(String name) {
    return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toUpperCase(Locale.ROOT);
  }

  /** The constant of a word on the wire: {@code us-east-1} is US_EAST_1, {@code ETag} E_TAG. */
  static String constant(String wire) {
    var name = operation(wire.replace("*", "All")).replaceAll("[^A-Z0-9]+", "_");
    if (name.isEmpty()) {
      return "NONE";
    }
    return Character.isDigit(name.charAt(0)) || name.equals("_") ? "_" + name : name;
  }

  /** The Java type of a shape. */
  static String type(String shape) {
    return Character.toUpperCase(shape.charAt(0)) + shape.substring(1);
  }

  /** A string literal. */
  static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
