package io.coffer.api;

import io.coffer.model.Builder;
import io.coffer.model.Location;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.TimestampFormat;
import io.coffer.model.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Random;

/** Records of the model with random values in the members that are elements or attributes. */
final class RandomRecords {
  private static final int[] TRICKY = {
    '<', '>', '&', '"', '\'', '\r', '\n', '\t', ' ', '/', '%', '+', ']', 0xE4, 0x20AC, 0x85, 0x2028,
    0x1F600, 0x10FFFF, 0xFFFD
  };

  private final Random random;

  RandomRecords(Random random) {
    this.random = random;
  }

  /** Text of characters that XML 1.0 can say, many of them awkward. */
  static String text(Random random, int characters) {
    var text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.appendCodePoint(
          random.nextInt(3) == 0
              ? TRICKY[random.nextInt(TRICKY.length)]
              : 'a' + random.nextInt(26));
    }
    return text.toString();
  }

  <R> R record(Shape<R> shape) {
    Builder<R> builder = shape.builder().get();
    for (var member : shape.members()) {
      boolean inBody =
          member.location() == Location.ELEMENT || member.location() == Location.ATTRIBUTE;
      if (inBody && (member.required() || random.nextInt(4) != 0)) {
        set(builder, member);
      }
    }
    return builder.build();
  }

  @SuppressWarnings("unchecked") // value() makes values of the member's type
  private <R, V> void set(Builder<R> builder, Member<R, V> member) {
    member.set().accept(builder, (V) value(member.type()));
  }

  private Object value(Type<?> type) {
    return switch (type) {
      case Type.Text ignored -> text(random, random.nextInt(20));
      case Type.Int32 ignored -> random.nextInt();
      case Type.Int64 ignored -> random.nextLong();
      case Type.Bool ignored -> random.nextBoolean();
      case Type.Timestamp timestamp -> instant(timestamp.format());
      case Type.Enumeration<?> enumeration -> constant(enumeration);
      case Type.ListOf<?> list -> list(list);
      case Type.Structure<?> structure -> record(structure.shape().get());
      case Type.MapOf<?> map -> map(map);
      case Type.Binary ignored -> text(random, random.nextInt(20)).getBytes(StandardCharsets.UTF_8);
      case Type.Stream t -> throw new IllegalStateException(t.toString());
    };
  }

  private Instant instant(TimestampFormat format) {
    long millis = random.nextLong(4_000_000_000_000L);
    return Instant.ofEpochMilli(format == TimestampFormat.ISO_8601 ? millis : millis / 1000 * 1000);
  }

  private Object list(Type.ListOf<?> list) {
    int size = (list.flattened() ? 1 : 0) + random.nextInt(3);
    var items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(value(list.element()));
    }
    return items;
  }

  private Object map(Type.MapOf<?> map) {
    var values = new LinkedHashMap<String, Object>();
    int size = random.nextInt(3);
    for (int i = 0; i < size; i++) {
      values.put(text(random, 1 + random.nextInt(9)), value(map.value()));
    }
    return values;
  }

  private Object constant(Type.Enumeration<?> enumeration) {
    var constants = enumeration.constants().getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }
}
