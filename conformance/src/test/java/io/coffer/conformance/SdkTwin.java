package io.coffer.conformance;

import io.coffer.model.Builder;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.WireEnum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Copies our records to the SDK's objects and back, field by field of the same name. The SDK's
 * model may be older: what it does not know is left out.
 */
final class SdkTwin {
  private SdkTwin() {}

  private static Optional<SdkField<?>> field(SdkPojo pojo, Member<?, ?> member) {
    return pojo.sdkFields().stream().filter(f -> f.memberName().equals(member.name())).findFirst();
  }

  /** The SDK's object with the members of a record; {@code builder} is the SDK's. */
  static <R> Object toSdk(Shape<R> shape, R record, SdkPojo builder) {
    for (var member : shape.members()) {
      var value = member.get().apply(record);
      var field = field(builder, member);
      if (value != null && field.isPresent()) {
        field.get().set(builder, toSdk(member.type(), value, field.get()));
      }
    }
    return ((Buildable) builder).build();
  }

  private static Object toSdk(Type<?> type, Object value, SdkField<?> field) {
    return switch (type) {
      case Type.Enumeration<?> ignored -> ((WireEnum) value).wire();
      case Type.Binary ignored -> SdkBytes.fromByteArray((byte[]) value);
      case Type.ListOf<?> list -> {
        var items = new ArrayList<>();
        for (var item : (List<?>) value) {
          items.add(toSdk(list.element(), item, item(field)));
        }
        yield items;
      }
      case Type.MapOf<?> map -> {
        var entries = new LinkedHashMap<Object, Object>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> entries.put(k, toSdk(map.value(), v, entryValue(field))));
        yield entries;
      }
      case Type.Structure<?> structure ->
          nested(structure.shape().get(), value, field.constructor());
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // a member's value is of its member's type
  private static <S> Object nested(Shape<S> shape, Object value, Supplier<SdkPojo> builder) {
    return toSdk(shape, (S) value, builder.get());
  }

  private static SdkField<?> item(SdkField<?> list) {
    return list.getTrait(ListTrait.class).memberFieldInfo();
  }

  private static SdkField<?> entryValue(SdkField<?> map) {
    return map.getTrait(MapTrait.class).valueFieldInfo();
  }

  /** A record with the members of the SDK's object. */
  static <R> R fromSdk(Shape<R> shape, SdkPojo pojo) {
    Builder<R> builder = shape.builder().get();
    for (var member : shape.members()) {
      field(pojo, member).ifPresent(field -> set(builder, member, field, pojo));
    }
    return builder.build();
  }

  private static <R, V> void set(
      Builder<R> builder, Member<R, V> member, SdkField<?> field, SdkPojo pojo) {
    var value = field.getValueOrDefault(pojo);
    boolean isAbsent =
        value == null
            || value instanceof SdkAutoConstructList
            || value instanceof SdkAutoConstructMap;
    if (!isAbsent) {
      @SuppressWarnings("unchecked") // it is made as a value of the member's type
      V own = (V) fromSdk(member.type(), value);
      member.set().accept(builder, own);
    }
  }

  private static @Nullable Object fromSdk(Type<?> type, Object value) {
    return switch (type) {
      case Type.Enumeration<?> words -> words.parse().apply((String) value);
      case Type.Binary ignored -> ((SdkBytes) value).asByteArray();
      case Type.ListOf<?> list -> {
        var items = new ArrayList<>();
        for (var item : (List<?>) value) {
          items.add(Objects.requireNonNull(fromSdk(list.element(), item)));
        }
        yield items;
      }
      case Type.MapOf<?> map -> {
        var entries = new LinkedHashMap<Object, Object>();
        ((Map<?, ?>) value)
            .forEach((k, v) -> entries.put(k, Objects.requireNonNull(fromSdk(map.value(), v))));
        yield entries;
      }
      case Type.Structure<?> structure -> fromSdk(structure.shape().get(), (SdkPojo) value);
      default -> value;
    };
  }
}
