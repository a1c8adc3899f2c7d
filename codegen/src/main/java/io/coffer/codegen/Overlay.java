package io.coffer.codegen;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the model does not say, by hand.
 *
 * @param rootNames root element by output shape
 * @param bareText shapes whose only member is the text of the root
 * @param statuses success status by operation
 * @param strings shapes that are plain strings here
 * @param sameAs operations that only the host tells apart from another
 */
record Overlay(
    Map<String, String> rootNames,
    Set<String> bareText,
    Map<String, Integer> statuses,
    Set<String> strings,
    Map<String, String> sameAs) {

  static Overlay read(JsonNode node) {
    var statuses = new LinkedHashMap<String, Integer>();
    node.get("statuses").properties().forEach(e -> statuses.put(e.getKey(), e.getValue().asInt()));
    return new Overlay(
        map(node.get("rootNames")),
        set(node.get("bareText")),
        statuses,
        set(node.get("strings")),
        map(node.get("sameAs")));
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
   * Fails when the overlay names what the model does not have: it has to follow an upgrade.
   *
   * @throws IllegalStateException with the name
   */
  void check(JsonNode model) {
    for (var names : List.of(rootNames.keySet(), bareText, strings)) {
      names.forEach(name -> demand(model.get("shapes"), name));
    }
    for (var names : List.of(statuses.keySet(), sameAs.keySet())) {
      names.forEach(name -> demand(model.get("operations"), name));
    }
  }

  private static void demand(@Nullable JsonNode known, String name) {
    if (known == null || !known.has(name)) {
      throw new IllegalStateException("the overlay names " + name + ", which the model lacks");
    }
  }
}
