package io.coffer.codegen;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service as the writers see it, whatever it was read from.
 *
 * @param namespace of the XML documents
 * @param operations by name, in the order of the source
 * @param shapes by name
 */
record ServiceModel(String namespace, List<Operation> operations, Map<String, Shape> shapes) {

  /** One operation; {@code query} and {@code headers} are what a request must have to be meant. */
  record Operation(
      String name,
      String method,
      String target,
      Map<String, String> query,
      List<String> headers,
      int status,
      String input,
      String output,
      boolean checksumRequired,
      boolean deprecated) {}

  /** A named type. */
  sealed interface Shape {}

  /** A scalar by the name of its type in the runtime. */
  record Scalar(String type) implements Shape {}

  /** A string with known words. */
  record Enumeration(List<String> words) implements Shape {}

  /** A list; {@code itemName} is the element of each item. */
  record ListShape(String element, String itemName, boolean flattened) implements Shape {}

  /** A map of strings. */
  record MapShape() implements Shape {}

  /** A structure. */
  record Structure(List<Member> members, @Nullable String rootName, boolean bareText)
      implements Shape {}

  /** A member of a structure. */
  record Member(
      String name,
      String shape,
      String location,
      String wireName,
      boolean required,
      boolean flattened,
      boolean streaming,
      @Nullable String timestampFormat) {}
}
