package io.coffer.api;

import static io.coffer.model.S3Error.INVALID_ARGUMENT;
import static io.coffer.model.S3Error.METHOD_NOT_ALLOWED;

import io.coffer.model.Headers;
import io.coffer.model.S3Exception;
import io.coffer.model.Target;
import io.coffer.model.s3.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the operation that a request means: of those with its method and target whose conditions on
 * query and headers all hold, the one with most conditions. Immutable.
 *
 * <p>A sub-resource ({@code ?acl}, {@code ?policy}) that the chosen operation does not have is
 * refused and not ignored, so that {@code DELETE /bucket?cors=} sent with a method or target that
 * lacks it never deletes a bucket.
 */
final class Router {
  private record Spot(String method, Target target) {}

  private final Map<Spot, List<Operation>> table = new HashMap<>();
  private final Map<Target, Set<String>> subResources = new EnumMap<>(Target.class);

  Router(Collection<Operation> operations) {
    var mostConditionsFirst =
        Comparator.comparingInt((Operation o) -> -conditions(o))
            .thenComparing(Operation::deprecated);
    operations.stream()
        // answers at a host of its own (S3 Object Lambda), where its path has no bucket
        .filter(o -> o != Operation.WRITE_GET_OBJECT_RESPONSE)
        .sorted(mostConditionsFirst)
        .forEach(
            o -> {
              var spot = new Spot(o.method(), o.target());
              table.computeIfAbsent(spot, s -> new ArrayList<>()).add(o);
              subResources
                  .computeIfAbsent(o.target(), t -> new TreeSet<>())
                  .addAll(o.subResources());
            });
  }

  static Router ofAllOperations() {
    return new Router(Arrays.asList(Operation.values()));
  }

  /**
   * @throws S3Exception MethodNotAllowed when no operation fits, InvalidArgument for sub-resources
   *     that exclude each other
   */
  Operation route(String method, Target target, QueryString query, Headers headers) {
    var operation = find(method, target, query, headers);
    if (operation == null) {
      throw notAllowed(method, target.name());
    }
    refuseStraySubResource(operation, query);
    return operation;
  }

  /** Like {@link #route}, but null when no operation fits. */
  @Nullable Operation find(String method, Target target, QueryString query, Headers headers) {
    for (var operation : table.getOrDefault(new Spot(method, target), List.of())) {
      if (holds(operation, query, headers)) {
        return operation;
      }
    }
    return null;
  }

  private static boolean holds(Operation operation, QueryString query, Headers headers) {
    for (var condition : operation.query().entrySet()) {
      var value = query.first(condition.getKey());
      if (value == null
          || !(condition.getValue().isEmpty() || condition.getValue().equals(value))) {
        return false;
      }
    }
    return operation.headers().stream().allMatch(headers::contains);
  }

  private void refuseStraySubResource(Operation operation, QueryString query) {
    var known = subResources.getOrDefault(operation.target(), Set.of());
    for (var name : query.names()) {
      if (known.contains(name) && !operation.query().containsKey(name)) {
        var own = operation.subResources();
        if (own.isEmpty()) {
          throw notAllowed(operation.method(), name.toUpperCase(Locale.ROOT));
        }
        var first = own.getFirst();
        throw INVALID_ARGUMENT
            .exception("Conflicting query string parameters: " + first + ", " + name)
            .with("ArgumentName", "ResourceType")
            .with("ArgumentValue", first);
      }
    }
    if (operation.method().equals("PUT")
        && operation.query().isEmpty()
        && (query.contains("uploadId") || query.contains("partNumber"))) {
      var stray = query.contains("uploadId") ? "uploadId" : "partNumber";
      throw INVALID_ARGUMENT
          .exception("A part needs both partNumber and uploadId.")
          .with("ArgumentName", stray)
          .with("ArgumentValue", String.valueOf(query.first(stray)));
    }
  }

  private static S3Exception notAllowed(String method, String resourceType) {
    return METHOD_NOT_ALLOWED.exception().with("Method", method).with("ResourceType", resourceType);
  }

  private static int conditions(Operation operation) {
    return operation.query().size() + operation.headers().size();
  }
}
