package io.coffer.conformance;

import io.coffer.model.Builder;
import io.coffer.model.Constraints;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Random records of IAM and STS that keep what the model demands of their values. */
final class QueryValues {
  private static final String AWKWARD = "a<&>\"' \r\n\t/%+=äß€😀{}";

  /** What random digits and letters hardly ever are. */
  private static final List<String> FORMS =
      List.of(
          "/",
          "/a/b/",
          "123456789012",
          "v1",
          "o-a1b2c3d4e5",
          "o-a1b2c3d4e5/r-ab12",
          "p-examplepolicyid111",
          "https://example.com/a",
          "arn:aws:iam::123456789012:user/x");

  private final Random random;

  QueryValues(Random random) {
    this.random = random;
  }

  <R> R record(Shape<R> shape) {
    Builder<R> builder = shape.builder().get();
    boolean any = false;
    while (!any && !shape.members().isEmpty()) {
      for (var member : shape.members()) {
        if (member.required() || random.nextInt(3) != 0) {
          set(builder, member);
          any = true;
        }
      }
    }
    return builder.build();
  }

  @SuppressWarnings("unchecked") // value() makes values of the member's type
  private <R, V> void set(Builder<R> builder, Member<R, V> member) {
    member.set().accept(builder, (V) value(member.type(), member.constraints()));
  }

  private Object value(Type<?> type, Constraints constraints) {
    return switch (type) {
      case Type.Text ignored -> text(constraints);
      case Type.Int32 ignored -> (int) between(constraints, 0, Integer.MAX_VALUE);
      case Type.Int64 ignored -> between(constraints, 0, Long.MAX_VALUE - 1);
      case Type.Bool ignored -> random.nextBoolean();
      case Type.Timestamp ignored -> Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
      case Type.Binary ignored -> text(Constraints.NONE).getBytes(StandardCharsets.UTF_8);
      case Type.Enumeration<?> words -> {
        var constants = words.constants().getEnumConstants();
        yield constants[random.nextInt(constants.length)];
      }
      case Type.ListOf<?> list -> list(list, constraints);
      case Type.MapOf<?> map -> {
        var entries = new LinkedHashMap<String, Object>();
        for (long i = between(constraints, 1, 3); i > 0; i--) {
          entries.put("key" + i, value(map.value(), items(constraints)));
        }
        yield entries;
      }
      case Type.Structure<?> structure -> record(structure.shape().get());
      case Type.Stream t -> throw new IllegalStateException(t.toString());
    };
  }

  private List<Object> list(Type.ListOf<?> list, Constraints constraints) {
    var items = new ArrayList<>();
    for (long i = between(constraints, 0, 12); i > 0; i--) {
      items.add(value(list.element(), items(constraints)));
    }
    return items;
  }

  private static Constraints items(Constraints constraints) {
    var items = constraints.items();
    return items == null ? Constraints.NONE : items;
  }

  private long between(Constraints constraints, long least, long most) {
    long from = Math.max(constraints.min(), least);
    return random.nextLong(from, Math.max(from, Math.min(constraints.max(), most)) + 1);
  }

  private String text(Constraints constraints) {
    var alphabets = Stream.of(AWKWARD, "abcXYZ019", "0123456789", "ABCDEF");
    var attempts = alphabets.flatMap(a -> Stream.generate(() -> text(constraints, a)).limit(20));
    return Stream.concat(attempts, FORMS.stream())
        .filter(t -> holds(constraints, t))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no sample for " + constraints));
  }

  private String text(Constraints constraints, String alphabet) {
    var characters = alphabet.codePoints().toArray();
    var text = new StringBuilder();
    long length = between(constraints, 1, Math.max(1, constraints.min()) + 20);
    while (text.length() < length) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }

  private static boolean holds(Constraints constraints, String text) {
    var pattern = constraints.pattern();
    return text.length() >= constraints.min()
        && text.length() <= constraints.max()
        && (pattern == null || Pattern.matches(pattern, text));
  }
}
