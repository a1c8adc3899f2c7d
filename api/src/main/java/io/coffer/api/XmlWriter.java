package io.coffer.api;

import io.coffer.model.Location;
import io.coffer.model.Member;
import io.coffer.model.Positioned;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes records of the model as XML, element by element in the order of their members. */
final class XmlWriter {
  private XmlWriter() {}

  /**
   * Writes a record as the root.
   *
   * @param out where to; a document or a fragment
   * @param rootName the root's name
   * @param value a record of the shape
   */
  static <R> XmlText write(XmlText out, Shape<R> shape, String rootName, R value) {
    out.root(rootName, shape.namespace());
    content(out, shape, value);
    return out.end(rootName);
  }

  /** Writes the elements of a record, without one around them. */
  static <R> void content(XmlText out, Shape<R> shape, R value) {
    MixedLists mixed = null;
    for (var member : shape.members()) {
      if (member.location() == Location.ELEMENT) {
        var inner = member.get().apply(value);
        if (inner instanceof Positioned<?> positioned) {
          mixed = mixed == null ? new MixedLists() : mixed;
          mixed.add(member, positioned);
          continue;
        }
        if (mixed != null) {
          mixed.write(out);
          mixed = null;
        }
        if (inner != null && shape.bareText()) {
          out.text(Scalars.format(member.type(), inner));
        } else if (inner != null) {
          element(out, member.wireName(), member.type(), inner);
        }
      }
    }
    if (mixed != null) {
      mixed.write(out);
    }
  }

  /** Neighbouring members whose items stand mixed. */
  private static final class MixedLists {
    private record Item(int position, String name, Type<?> type, Object value) {}

    private final List<Item> items = new ArrayList<>();

    void add(Member<?, ?> member, Positioned<?> list) {
      var type = ((Type.ListOf<?>) member.type()).element();
      for (int i = 0; i < list.size(); i++) {
        items.add(new Item(list.position(i), member.wireName(), type, list.get(i)));
      }
    }

    void write(XmlText out) {
      items.sort(Comparator.comparingInt(Item::position));
      items.forEach(item -> element(out, item.name(), item.type(), item.value()));
    }
  }

  private static void element(XmlText out, String name, Type<?> type, Object value) {
    switch (type) {
      case Type.Structure<?> structure -> structure(out, name, structure.shape().get(), value);
      case Type.ListOf<?> list -> list(out, name, list, (List<?>) value);
      case Type.MapOf<?> map -> map(out, name, map, (Map<?, ?>) value);
      default -> out.element(name, Scalars.format(type, value));
    }
  }

  private static void list(XmlText out, String name, Type.ListOf<?> type, List<?> values) {
    if (type.flattened()) {
      values.forEach(v -> element(out, name, type.element(), v));
      return;
    }
    out.start(name);
    values.forEach(v -> element(out, type.itemName(), type.element(), v));
    out.end(name);
  }

  /** Only IAM has any. */
  private static void map(XmlText out, String name, Type.MapOf<?> type, Map<?, ?> values) {
    out.start(name);
    values.forEach(
        (key, value) -> {
          out.start("entry").element("key", (String) key);
          element(out, "value", type.value(), value);
          out.end("entry");
        });
    out.end(name);
  }

  private static <S> void structure(XmlText out, String name, Shape<S> shape, Object value) {
    @SuppressWarnings("unchecked") // a member's value is of its member's type
    S record = (S) value;
    var attribute = attribute(shape, record);
    if (attribute == null) {
      out.start(name);
    } else {
      out.startWith(name, attribute.name(), attribute.value());
    }
    content(out, shape, record);
    out.end(name);
  }

  private record Attribute(String name, String value) {}

  /** S3 has but one attribute, {@code xsi:type} of a grantee. */
  private static <S> @Nullable Attribute attribute(Shape<S> shape, S record) {
    for (Member<S, ?> member : shape.members()) {
      if (member.location() == Location.ATTRIBUTE) {
        var value = member.get().apply(record);
        return value == null
            ? null
            : new Attribute(member.wireName(), Scalars.format(member.type(), value));
      }
    }
    return null;
  }
}
