package io.coffer.codegen;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as the writers see it, whatever it was read from.
 *
 * @param operations by name, in the order of the source
 * @param shapes by name, in the order of the source
 * @param failures the errors that are answers, where the protocol has them apart from shapes
 */
record ServiceModel(
    Service service,
    List<Operation> operations,
    Map<String, Shape> shapes,
    List<Failure> failures) {

  /**
   * What is said of the service as a whole.
   *
   * @param name lower case, the last part of the package: {@code iam}
   * @param title as people call it
   * @param version of the API, a date
   * @param namespace of the XML documents; empty for none
   */
  record Service(String name, String title, Protocol protocol, String version, String namespace) {
    String packageName() {
      return "io.coffer.model." + name;
    }
  }

  /** How requests and answers are written in HTTP. */
  enum Protocol {
    REST_XML,
    /** A form with Action and Version, answered by XML. */
    QUERY
  }

  ServiceModel withOperations(List<Operation> other) {
    return new ServiceModel(service, other, shapes, failures);
  }

  ServiceModel withShapes(Map<String, Shape> other) {
    return new ServiceModel(service, operations, other, failures);
  }

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

  /**
   * One operation.
   *
   * @param route how a request tells that it is meant
   * @param result the element around the members of the output; null for none
   * @param signed whether its requests have to be
   */
  record Operation(
      String name,
      Route route,
      int status,
      String input,
      String output,
      @Nullable String result,
      boolean signed,
      boolean checksumRequired,
      boolean deprecated) {

    Operation withStatus(int other) {
      return new Operation(
          name, route, other, input, output, result, signed, checksumRequired, deprecated);
    }

    Operation withHeaders(List<String> other) {
      var narrower = new Route(route.method, route.target, route.query, other);
      return new Operation(
          name, narrower, status, input, output, result, signed, checksumRequired, deprecated);
    }
  }

  /** What a request must have to mean an operation. */
  record Route(String method, Target target, Map<String, String> query, List<String> headers) {}

  /**
   * An error that is an answer.
   *
   * @param sender whether the fault is the client's
   */
  record Failure(String code, int status, boolean sender) {}

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

  /** A map from strings to values of a shape. */
  record MapShape(String value) implements Shape {}

  /**
   * What a value must keep beside its type; null where nothing is said.
   *
   * @param min least value of a number, least length of anything else
   * @param max likewise
   * @param pattern a regular expression of the whole text
   * @param items of each item of a list
   */
  record Constraints(
      @Nullable Long min,
      @Nullable Long max,
      @Nullable String pattern,
      @Nullable Constraints items) {}

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
   * @param constraints null when there are none, or when the service answers them in its own way
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
      @Nullable String timestampFormat,
      @Nullable Constraints constraints) {}
}
