package io.coffer.api;

import io.coffer.model.Builder;
import io.coffer.model.Constraints;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/** Records of requests to IAM and STS with random values that keep the model's constraints. */
final class RandomRequests {
  private static final int TRIES = 50;

  /** What random text hardly ever is. */
  private static final List<String> FORMS =
      List.of(
          "/",
          "/division_abc/sub/",
          "123456789012",
          "v1",
          "o-a1b2c3d4e5",
          "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111",
          "p-examplepolicyid111",
          "https://example.com/a?b=c#d",
          "/aws/service-role/",
          "alias-1",
          "A1234567890123456789",
          "arn:aws:iam::123456789012:user/x",
          "0123456789012345678901234567890123456789");

  private final Random random;

  RandomRequests(Random random) {
    this.random = random;
  }

  <R> R record(Shape<R> shape) {
    Builder<R> builder = shape.builder().get();
    fill(builder, shape);
    return builder.build();
  }

  /** Whether anything was set: a form cannot tell an empty structure from none. */
  private <R> boolean fill(Builder<R> builder, Shape<R> shape) {
    boolean any = false;
    for (var member : shape.members()) {
      if (member.required() || random.nextInt(3) != 0) {
        set(builder, member);
        any = true;
      }
    }
    return any;
  }

  @SuppressWarnings("unchecked") // value() makes values of the member's type
  private <R, V> void set(Builder<R> builder, Member<R, V> member) {
    member.set().accept(builder, (V) value(member.type(), member.constraints()));
  }

  private Object value(Type<?> type, Constraints constraints) {
    return switch (type) {
      case Type.Text ignored -> text(constraints);
      case Type.Int32 ignored -> (int) between(constraints, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case Type.Bool ignored -> random.nextBoolean();
      case Type.Enumeration<?> words -> {
        var constants = words.constants().getEnumConstants();
        yield constants[random.nextInt(constants.length)];
      }
      case Type.ListOf<?> list -> {
        var items = new ArrayList<>();
        int size = (int) between(constraints, 0, Math.max(constraints.min(), 0) + 12);
        for (int i = 0; i < size; i++) {
          items.add(value(list.element(), items(constraints)));
        }
        yield items;
      }
      case Type.MapOf<?> map -> {
        var entries = new LinkedHashMap<String, Object>();
        int size = (int) between(constraints, 0, 4);
        for (int i = 0; i < size; i++) {
          entries.put(
              RandomRecords.text(random, 1 + random.nextInt(9)),
              value(map.value(), items(constraints)));
        }
        yield entries;
      }
      case Type.Structure<?> structure -> structure(structure.shape().get());
      default -> throw new IllegalStateException("no request has " + type);
    };
  }

  private <S> S structure(Shape<S> shape) {
    while (true) {
      Builder<S> builder = shape.builder().get();
      if (fill(builder, shape)) {
        return builder.build();
      }
    }
  }

  private static Constraints items(Constraints constraints) {
    var items = constraints.items();
    return items == null ? Constraints.NONE : items;
  }

  private long between(Constraints constraints, long least, long most) {
    long from = Math.max(constraints.min(), least);
    long to = Math.max(from, Math.min(constraints.max(), most));
    return random.nextLong(from, to + 1);
  }

  private String text(Constraints constraints) {
    var pattern = constraints.pattern();
    for (int i = 0; i < TRIES; i++) {
      int length = (int) between(constraints, 0, Math.max(constraints.min(), 0) + 40);
      var text =
          switch (i % 3) {
            case 0 -> RandomRecords.text(random, length);
            case 1 -> of("abcXYZ0189", length);
            default -> of("0123456789", length);
          };
      if (text.length() <= constraints.max()
          && (pattern == null || Pattern.matches(pattern, text))) {
        return text;
      }
    }
    for (var form : FORMS) {
      if (form.length() >= constraints.min()
          && form.length() <= constraints.max()
          && (pattern == null || Pattern.matches(pattern, form))) {
        return form;
      }
    }
    throw new IllegalStateException("no sample for " + constraints);
  }

  private String of(String characters, int length) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(characters.charAt(random.nextInt(characters.length())));
    }
    return text.toString();
  }
}
