package io.coffer.codegen;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What the model does not say, by hand.
 *
 * @param rootNames root element by output shape
 * @param bareText shapes whose only element is the text of the root
 * @param statuses success status by operation
 * @param strings shapes that are plain strings here
 * @param sameAs operations that only the host tells apart from another
 * @param words further words of enumerations, which the documentation has
 */
record Overlay(
    Map<String, String> rootNames,
    Set<String> bareText,
    Map<String, Integer> statuses,
    Set<String> strings,
    Map<String, String> sameAs,
    Map<String, List<String>> words) {
  /** Of a service whose model says all. */
  static final Overlay NONE =
      new Overlay(Map.of(), Set.of(), Map.of(), Set.of(), Map.of(), Map.of());

  private static final Set<String> SECTIONS =
      Set.of("rootNames", "bareText", "statuses", "strings", "sameAs", "words");

  /**
   * @throws IllegalStateException for a section that is missing or unknown
   */
  static Overlay read(JsonNode node) {
    for (var name : node.propertyNames()) {
      if (!SECTIONS.contains(name)) {
        throw new IllegalStateException("the overlay has a section " + name + " that nobody reads");
      }
    }
    var statuses = new LinkedHashMap<String, Integer>();
    section(node, "statuses")
        .properties()
        .forEach(e -> statuses.put(e.getKey(), e.getValue().asInt()));
    var words = new LinkedHashMap<String, List<String>>();
    section(node, "words")
        .properties()
        .forEach(e -> words.put(e.getKey(), List.copyOf(set(e.getValue()))));
    return new Overlay(
        map(section(node, "rootNames")),
        set(section(node, "bareText")),
        statuses,
        set(section(node, "strings")),
        map(section(node, "sameAs")),
        words);
  }

  private static JsonNode section(JsonNode node, String name) {
    if (!node.has(name)) {
      throw new IllegalStateException("the overlay has no section " + name);
    }
    return node.get(name);
  }

  private static Map<String, String> map(JsonNode node) {
    var map = new LinkedHashMap<String, String>();
    node.properties().forEach(e -> map.put(e.getKey(), e.getValue().asString()));
    return map;
  }

  private static Set<String> set(JsonNode node) {
    var set = new LinkedHashSet<String>();
    node.forEach(word -> set.add(word.asString()));
    return set;
  }

  /**
   * The model with this laid over it.
   *
   * @throws IllegalStateException if the overlay names what the model does not have, or if a result
   *     with an XML body has no root name: it has to follow an upgrade of the model
   */
  ServiceModel applyTo(ServiceModel model) {
    var operations = model.operations().stream().map(ServiceModel.Operation::name).toList();
    for (var names : List.of(rootNames.keySet(), bareText, strings, words.keySet())) {
      demand("shape", names, model.shapes().keySet());
    }
    for (var names : List.of(statuses.keySet(), sameAs.keySet(), Set.copyOf(sameAs.values()))) {
      demand("operation", names, operations);
    }
    var shapes = new LinkedHashMap<String, ServiceModel.Shape>();
    model.shapes().forEach((name, shape) -> shapes.put(name, shape(name, shape)));
    var changed =
        model
            .withShapes(shapes)
            .withOperations(
                model.operations().stream()
                    .map(o -> o.withStatus(statuses.getOrDefault(o.name(), o.status())))
                    .toList());
    if (model.service().protocol() == ServiceModel.Protocol.REST_XML) {
      changed.operations().forEach(operation -> demandRoot(changed, operation));
    }
    return changed;
  }

  private ServiceModel.Shape shape(String name, ServiceModel.Shape shape) {
    if (strings.contains(name)) {
      return ServiceModel.Scalar.TEXT;
    }
    if (shape instanceof ServiceModel.Structure structure) {
      return new ServiceModel.Structure(
          structure.members(),
          rootNames.containsKey(name) ? rootNames.get(name) : structure.rootName(),
          bareText.contains(name));
    }
    if (shape instanceof ServiceModel.Enumeration known && words.containsKey(name)) {
      var all = new LinkedHashSet<>(known.words());
      all.addAll(words.getOrDefault(name, List.of()));
      return new ServiceModel.Enumeration(List.copyOf(all));
    }
    return shape;
  }

  private static void demand(String kind, Collection<String> names, Collection<String> known) {
    for (var name : names) {
      if (!known.contains(name)) {
        throw new IllegalStateException(
            "the overlay names the " + kind + " " + name + ", which the model lacks");
      }
    }
  }

  private static void demandRoot(ServiceModel model, ServiceModel.Operation operation) {
    var output = model.structure(operation.output());
    if (output.has(ServiceModel.Location.ELEMENT) && output.rootName() == null) {
      throw new IllegalStateException(
          "the overlay has no root name for "
              + operation.output()
              + ", the XML that "
              + operation.name()
              + " answers");
    }
  }
}
