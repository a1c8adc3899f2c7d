package io.coffer.codegen;

import io.coffer.codegen.ServiceModel.Location;
import io.coffer.codegen.ServiceModel.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells operations apart that have the same method, target and query: by the headers that they
 * demand (x-amz-copy-source). Fails where that is not enough. Deprecated operations are left out:
 * their successors take their requests.
 */
final class Routes {
  private record Route(String method, ServiceModel.Target target, Map<String, String> query) {
    static Route of(Operation operation) {
      var route = operation.route();
      return new Route(route.method(), route.target(), new TreeMap<>(route.query()));
    }
  }

  private record Conditions(Route route, Set<String> headers) {
    static Conditions of(Operation operation) {
      return new Conditions(Route.of(operation), Set.copyOf(operation.route().headers()));
    }
  }

  private final ServiceModel model;
  private final Map<String, String> sameAs;

  private Routes(ServiceModel model, Map<String, String> sameAs) {
    this.model = model;
    this.sameAs = sameAs;
  }

  /**
   * The model with the headers that tell its operations apart.
   *
   * @param sameAs operations that only the host tells apart from another, and that other
   * @throws IllegalStateException naming two operations that no request can tell apart, or an entry
   *     of {@code sameAs} that is not the same
   */
  static ServiceModel tellApart(ServiceModel model, Map<String, String> sameAs) {
    var routes = new Routes(model, sameAs);
    var operations = routes.withHeaders();
    routes.checkUnique(operations);
    routes.checkSame(operations);
    return model.withOperations(operations);
  }

  private boolean counts(Operation operation) {
    return !operation.deprecated() && !sameAs.containsKey(operation.name());
  }

  private List<Operation> withHeaders() {
    var alike = new HashMap<Route, Integer>();
    model.operations().stream()
        .filter(this::counts)
        .forEach(operation -> alike.merge(Route.of(operation), 1, Integer::sum));
    return model.operations().stream()
        .map(
            operation ->
                alike.getOrDefault(Route.of(operation), 0) < 2
                    ? operation
                    : operation.withHeaders(requiredHeaders(operation)))
        .toList();
  }

  private List<String> requiredHeaders(Operation operation) {
    return model.structure(operation.input()).members().stream()
        .filter(m -> m.location() == Location.HEADER && m.required())
        .map(ServiceModel.Member::wireName)
        .toList();
  }

  private void checkUnique(List<Operation> operations) {
    var seen = new HashMap<Conditions, String>();
    var collisions = new ArrayList<String>();
    for (var operation : operations) {
      if (counts(operation)) {
        var before = seen.putIfAbsent(Conditions.of(operation), operation.name());
        if (before != null) {
          collisions.add(before + " and " + operation.name());
        }
      }
    }
    if (!collisions.isEmpty()) {
      throw new IllegalStateException(
          "no request can tell apart "
              + String.join(", ", collisions)
              + ": if hosts do, name one in the overlay's sameAs");
    }
  }

  private void checkSame(List<Operation> operations) {
    var byName = new HashMap<String, Operation>();
    operations.forEach(operation -> byName.put(operation.name(), operation));
    sameAs.forEach(
        (name, other) -> {
          var one = byName.get(name);
          var two = byName.get(other);
          if (one == null || two == null || !Conditions.of(one).equals(Conditions.of(two))) {
            throw new IllegalStateException(
                "the overlay says that "
                    + name
                    + " is the same as "
                    + other
                    + ", but a request can tell them apart");
          }
        });
  }
}
