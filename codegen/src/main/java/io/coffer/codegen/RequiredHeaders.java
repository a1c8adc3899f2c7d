package io.coffer.codegen;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Tells operations apart that have the same method, target and query: by headers that only one of
 * them demands (x-amz-copy-source). Fails where that is not enough.
 */
final class RequiredHeaders {
  private RequiredHeaders() {}

  static List<ServiceModel.Operation> add(
      List<ServiceModel.Operation> operations, JsonNode source, Overlay overlay) {
    Map<String, List<ServiceModel.Operation>> alike = new HashMap<>();
    for (var operation : operations) {
      if (!operation.deprecated() && !overlay.sameAs().containsKey(operation.name())) {
        alike.computeIfAbsent(route(operation), r -> new ArrayList<>()).add(operation);
      }
    }
    var result = new ArrayList<ServiceModel.Operation>();
    for (var operation : operations) {
      var rivals = alike.getOrDefault(route(operation), List.of());
      result.add(rivals.size() < 2 ? operation : withHeaders(operation, source));
    }
    checkUnique(result, overlay);
    return result;
  }

  private static ServiceModel.Operation withHeaders(ServiceModel.Operation o, JsonNode source) {
    var headers = new ArrayList<String>();
    var input = source.get("shapes").get(o.input());
    for (var name : input.has("required") ? input.get("required") : List.<JsonNode>of()) {
      var member = input.get("members").get(name.asString());
      if ("header".equals(BotocoreReader.text(member, "location"))) {
        headers.add(member.get("locationName").asString());
      }
    }
    return new ServiceModel.Operation(
        o.name(),
        o.method(),
        o.target(),
        o.query(),
        headers,
        o.status(),
        o.input(),
        o.output(),
        o.checksumRequired(),
        o.deprecated());
  }

  private static void checkUnique(List<ServiceModel.Operation> operations, Overlay overlay) {
    Map<String, String> seen = new HashMap<>();
    for (var operation : operations) {
      if (operation.deprecated() || overlay.sameAs().containsKey(operation.name())) {
        continue;
      }
      var before = seen.put(route(operation) + operation.headers(), operation.name());
      if (before != null) {
        throw new IllegalStateException(
            before + " and " + operation.name() + " have the same route: name one in sameAs");
      }
    }
  }

  private static String route(ServiceModel.Operation operation) {
    return operation.method() + operation.target() + new TreeMap<>(operation.query());
  }
}
