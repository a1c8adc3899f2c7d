package io.coffer.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A value in a JSON document, and how people find it there.
 *
 * @param path such as {@code accounts[0].rootKeys[1]}; empty for the document
 * @param node the value
 */
record JsonPlace(String path, JsonNode node) {

  /** Something in the document is not as it should be; the message begins with its place. */
  static final class WrongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private WrongException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Demands an object without other fields.
   *
   * @throws WrongException it is none, or has others
   */
  void allowOnly(String... names) {
    if (!node.isObject()) {
      throw new WrongException((path.isEmpty() ? "the document" : path) + " must be an object");
    }
    for (var name : node.propertyNames()) {
      if (!Set.of(names).contains(name)) {
        throw new WrongException(
            child(name) + " is not known; known here: " + String.join(", ", names));
      }
    }
  }

  boolean has(String field) {
    return node.has(field);
  }

  /**
   * A text.
   *
   * @throws WrongException it is missing, empty, or none
   */
  String text(String field) {
    var value = node.path(field);
    require(field, !value.isMissingNode(), "is missing");
    require(field, value.isString() && !value.asString().isEmpty(), "must be a text in quotes");
    return value.asString();
  }

  /**
   * A text of a certain shape.
   *
   * @param wanted the shape in words
   */
  String text(String field, Pattern shape, String wanted) {
    var value = text(field);
    require(field, shape.matcher(value).matches(), "must be " + wanted + ", not \"" + value + '"');
    return value;
  }

  /**
   * The values of a list; none when it is missing.
   *
   * @throws WrongException it is no list
   */
  List<JsonPlace> list(String field) {
    var values = node.path(field);
    require(field, values.isMissingNode() || values.isArray(), "must be a list");
    var places = new ArrayList<JsonPlace>();
    for (var value : values) {
      places.add(new JsonPlace(child(field) + "[" + places.size() + "]", value));
    }
    return places;
  }

  /**
   * Demands something of a field.
   *
   * @throws WrongException it does not hold
   */
  void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw wrong(field, otherwise);
    }
  }

  WrongException wrong(String field, String what) {
    return new WrongException(child(field) + " " + what);
  }

  private String child(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }
}
