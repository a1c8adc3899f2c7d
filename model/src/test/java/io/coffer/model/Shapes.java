package io.coffer.model;

import io.coffer.model.s3.Operation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/** The shapes that operations reach. */
final class Shapes {
  private Shapes() {}

  static Collection<Shape<?>> all() {
    return reachedBy(operation -> true);
  }

  /** Without those that only deprecated operations have. */
  static Collection<Shape<?>> current() {
    return reachedBy(operation -> !operation.deprecated());
  }

  private static Collection<Shape<?>> reachedBy(Predicate<Operation> which) {
    var found = new LinkedHashMap<String, Shape<?>>();
    for (var operation : Operation.values()) {
      if (which.test(operation)) {
        add(operation.input(), found);
        add(operation.output(), found);
      }
    }
    return found.values();
  }

  private static void add(Shape<?> shape, Map<String, Shape<?>> found) {
    if (found.putIfAbsent(shape.name(), shape) == null) {
      shape.members().forEach(m -> add(m.type(), found));
    }
  }

  private static void add(Type<?> type, Map<String, Shape<?>> found) {
    switch (type) {
      case Type.Structure<?> structure -> add(structure.shape().get(), found);
      case Type.ListOf<?> list -> add(list.element(), found);
      default -> {}
    }
  }
}
