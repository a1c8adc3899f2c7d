package io.coffer.service;

import io.coffer.model.Location;
import io.coffer.model.Shape;
import io.coffer.model.WireEnum;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request, by where they stood in the message.
 *
 * @param shape of the request
 * @param request the record
 */
record RequestFacts<R>(Shape<R> shape, R request) {
  /** The member with a name of the model; null if it has none. */
  @Nullable Object member(String name) {
    var members = shape.members();
    for (int i = 0; i < members.size(); i++) {
      if (members.get(i).name().equals(name)) {
        return members.get(i).get().apply(request);
      }
    }
    return null;
  }

  /** A header or a parameter of the query, as text; null if it did not come. */
  @Nullable String text(Location location, String lowerName) {
    for (var member : shape.members()) {
      if (member.location() == location
          && member.wireName().toLowerCase(Locale.ROOT).equals(lowerName)) {
        var value = member.get().apply(request);
        return value == null ? null : value instanceof WireEnum word ? word.wire() : "" + value;
      }
    }
    return null;
  }
}
