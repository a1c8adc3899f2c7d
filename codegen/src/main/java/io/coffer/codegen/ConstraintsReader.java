package io.coffer.codegen;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what botocore's JSON demands of the values of a shape beside their type. */
final class ConstraintsReader {
  private ConstraintsReader() {}

  /**
   * What a shape demands, or null if that is nothing. The members of structures have demands of
   * their own.
   *
   * @param shapes all of the model
   * @throws java.util.regex.PatternSyntaxException a pattern that Java cannot read
   */
  static ServiceModel.@Nullable Constraints of(JsonNode shape, JsonNode shapes) {
    var min = number(shape, "min");
    var max = number(shape, "max");
    var pattern = shape.has("pattern") ? shape.get("pattern").asString() : null;
    if (pattern != null) {
      Pattern.compile(pattern);
    }
    var item = shape.has("member") ? shape.get("member") : shape.get("value");
    var items = item == null ? null : of(shapes.get(item.get("shape").asString()), shapes);
    return min == null && max == null && pattern == null && items == null
        ? null
        : new ServiceModel.Constraints(min, max, pattern, items);
  }

  private static @Nullable Long number(JsonNode shape, String name) {
    return shape.has(name) ? Long.valueOf(shape.get(name).asLong()) : null;
  }
}
