package io.coffer.codegen;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as the writers see it, whatever it was read from.
 *
 * @param namespace of the XML documents
 * @param operations by name, in the order of the source
 * @param shapes by name, in the order of the source
 */
record ServiceModel(String namespace, List<Operation> operations, Map<String, Shape> shapes) {

  /** The structure of that name. */
  Structure structure(String name) {
    if (shape(name) instanceof Structure structure) {
      return structure;
    }
    throw new IllegalStateException(name + " is not a structure");
  }

  /** The shape of that name. */
  Shape shape(String name) {
    var shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalStateException("the model has no shape " + name);
    }
    return shape;
  }

  /** One operation; {@code query} and {@code headers} are what a request must have to be meant. */
  record Operation(
      String name,
      String method,
      Target target,
      Map<String, String> query,
      List<String> headers,
      int status,
      String input,
      String output,
      boolean checksumRequired,
      boolean deprecated) {

    Operation withStatus(int other) {
      return new Operation(
          name, method, target, query, headers, other, input, output, checksumRequired, deprecated);
    }

    Operation withHeaders(List<String> other) {
      return new Operation(
          name, method, target, query, other, status, input, output, checksumRequired, deprecated);
    }
  }

  /** How much of bucket and key the path has; the constants are the runtime's. */
  enum Target {
    SERVICE,
    BUCKET,
    OBJECT
  }

  /** Where in a message a member lives; the constants are the runtime's. */
  enum Location {
    LABEL,
    QUERY,
    HEADER,
    HEADER_PREFIX,
    STATUS,
    PAYLOAD,
    ELEMENT,
    ATTRIBUTE
  }

  /** A named type. */
  sealed interface Shape {}

  /** A type of one value, with its name in the runtime and its Java type. */
  enum Scalar implements Shape {
    TEXT("Text", "String"),
    INT32("Int32", "Integer"),
    INT64("Int64", "Long"),
    BOOL("Bool", "Boolean"),
    TIMESTAMP("Timestamp", "java.time.Instant"),
    BINARY("Binary", "byte[]"),
    STREAM("Stream", "io.coffer.model.Body");

    private final String runtimeType;
    private final String javaType;

    Scalar(String runtimeType, String javaType) {
      this.runtimeType = runtimeType;
      this.javaType = javaType;
    }

    String runtimeType() {
      return runtimeType;
    }

    String javaType() {
      return javaType;
    }
  }

  /** A string with known words. */
  record Enumeration(List<String> words) implements Shape {}

  /** A list; {@code itemName} is the element of each item. */
  record ListShape(String element, String itemName, boolean flattened) implements Shape {}

  /** A map of strings. */
  record MapShape() implements Shape {}

  /**
   * A structure.
   *
   * @param rootName its root element where it is a body of its own; null when nothing says so
   * @param bareText whether its only element is the text of that root
   */
  record Structure(List<Member> members, @Nullable String rootName, boolean bareText)
      implements Shape {

    boolean has(Location location) {
      return members.stream().anyMatch(m -> m.location() == location);
    }
  }

  /**
   * A member of a structure.
   *
   * @param timestampFormat the model's word for it, null for the location's default
   * @param sensitive whether its value must not be printed
   */
  record Member(
      String name,
      String shape,
      Location location,
      String wireName,
      boolean required,
      boolean flattened,
      boolean streaming,
      boolean sensitive,
      @Nullable String timestampFormat) {}
}
