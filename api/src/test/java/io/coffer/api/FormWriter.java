package io.coffer.api;

import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Writes a record as a form, as the SDKs do; in random order, with gaps in the numbers. */
final class FormWriter {
  private final Random random;
  private final List<String> pairs = new ArrayList<>();

  FormWriter(Random random) {
    this.random = random;
  }

  <R> String write(Shape<R> shape, R record) {
    structure("", shape, record);
    Collections.shuffle(pairs, random);
    return String.join("&", pairs);
  }

  private <R> void structure(String inside, Shape<R> shape, R record) {
    for (Member<R, ?> member : shape.members()) {
      var value = member.get().apply(record);
      if (value != null) {
        value(inside + member.wireName(), member.type(), value);
      }
    }
  }

  private void value(String name, Type<?> type, Object value) {
    switch (type) {
      case Type.Structure<?> structure -> nested(name + ".", structure.shape().get(), value);
      case Type.ListOf<?> list -> {
        int number = 0;
        for (var item : (List<?>) value) {
          number += 1 + random.nextInt(2);
          value(name + "." + list.itemName() + "." + number, list.element(), item);
        }
        if (number == 0) {
          pair(name, "");
        }
      }
      case Type.MapOf<?> map -> {
        int number = 0;
        for (var entry : ((Map<?, ?>) value).entrySet()) {
          number += 1 + random.nextInt(2);
          var item = name + ".entry." + number;
          pair(item + ".key", entry.getKey().toString());
          value(item + ".value", map.value(), entry.getValue());
        }
        if (number == 0) {
          pair(name, "");
        }
      }
      default -> pair(name, Scalars.format(type, value));
    }
  }

  @SuppressWarnings("unchecked") // a member's value is of its member's type
  private <S> void nested(String inside, Shape<S> shape, Object value) {
    structure(inside, shape, (S) value);
  }

  private void pair(String name, String value) {
    var encoded = PercentEncoding.encode(value);
    pairs.add(name + "=" + (random.nextBoolean() ? encoded : encoded.replace("%20", "+")));
  }
}
