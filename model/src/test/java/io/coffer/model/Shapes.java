package io.coffer.model;

import io.coffer.model.s3.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shapes that operations reach. */
final class Shapes {
  private Shapes() {}

  /** Those of all services. */
  static Collection<Shape<?>> all() {
    var all = new ArrayList<>(ofS3());
    queryServices().forEach(operations -> all.addAll(of(operations)));
    return all;
  }

  /** Those of S3. */
  static Collection<Shape<?>> ofS3() {
    return reachedBy(
        Stream.of(Operation.values())
            .<Shape<?>>mapMulti((o, out) -> List.of(o.input(), o.output()).forEach(out)));
  }

  /** Those of S3 without those that only deprecated operations have. */
  static Collection<Shape<?>> current() {
    return reachedBy(
        Stream.of(Operation.values())
            .filter(operation -> !operation.deprecated())
            .<Shape<?>>mapMulti((o, out) -> List.of(o.input(), o.output()).forEach(out)));
  }

  /** The operations of each service that is asked by forms. */
  static List<List<? extends QueryOperation>> queryServices() {
    return List.of(
        List.of(io.coffer.model.iam.Operation.values()),
        List.of(io.coffer.model.sts.Operation.values()));
  }

  /** Those of one service that is asked by forms. */
  static Collection<Shape<?>> of(List<? extends QueryOperation> operations) {
    return reachedBy(
        operations.stream()
            .<Shape<?>>mapMulti((o, out) -> List.of(o.input(), o.output()).forEach(out)));
  }

  private static Collection<Shape<?>> reachedBy(Stream<Shape<?>> roots) {
    var found = new LinkedHashMap<String, Shape<?>>();
    roots.forEach(shape -> add(shape, found));
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
      case Type.MapOf<?> map -> add(map.value(), found);
      default -> {}
    }
  }
}
