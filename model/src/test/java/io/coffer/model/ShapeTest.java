package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every record of the model: what goes in by its builder comes out of it. */
class ShapeTest {
  @Test
  void theModelIsReachedByItsOperations() {
    int count = Shapes.all().size();
    assertTrue(count > 700, count + " shapes");
  }

  @Test
  void everyMemberComesOutAsItWentIn() {
    Shapes.all().forEach(ShapeTest::roundTrip);
  }

  private static <R> void roundTrip(Shape<R> shape) {
    for (var member : shape.members()) {
      roundTrip(shape, member);
    }
  }

  private static <R, V> void roundTrip(Shape<R> shape, Member<R, V> member) {
    var builder = labelled(shape);
    var value = sample(member.type(), member.name());
    member.set().accept(builder, value);
    var record = builder.build();
    assertSame(value, member.get().apply(record), shape.name() + "." + member.name());
    for (var other : shape.members()) {
      if (other != member && other.location() != Location.LABEL) {
        assertNull(other.get().apply(record), "setting " + member.name() + " set " + other.name());
      }
    }
  }

  /** A builder that has what build() demands. */
  private static <R> Builder<R> labelled(Shape<R> shape) {
    var builder = shape.builder().get();
    shape.members().stream()
        .filter(m -> m.location() == Location.LABEL)
        .forEach(m -> setSample(builder, m));
    return builder;
  }

  private static <R, V> void setSample(Builder<R> builder, Member<R, V> member) {
    member.set().accept(builder, sample(member.type(), "label " + member.name()));
  }

  @SuppressWarnings("unchecked") // each branch makes a value of the type that it was asked for
  private static <V> V sample(Type<V> type, String text) {
    Object value =
        switch (type) {
          case Type.Text ignored -> new StringBuilder(text).append(" value").toString();
          case Type.Int32 ignored -> 1_000_003;
          case Type.Int64 ignored -> 5_000_000_003L;
          case Type.Bool ignored -> true;
          case Type.Timestamp ignored -> Instant.ofEpochSecond(1_700_000_000);
          case Type.Binary ignored -> new byte[] {1, 2, 3};
          case Type.Stream ignored -> Body.of(new byte[] {4});
          case Type.Enumeration<?> enumeration -> firstConstant(enumeration);
          case Type.ListOf<?> list -> List.of(sample(list.element(), text));
          case Type.MapOf<?> map -> Map.of("key", sample(map.value(), text));
          case Type.Structure<?> structure -> labelled(structure.shape().get()).build();
        };
    return (V) value;
  }

  private static Object firstConstant(Type.Enumeration<?> enumeration) {
    var constants = (WireEnum[]) enumeration.constants().getEnumConstants();
    for (var constant : constants) {
      var word = constant.wire();
      assertSame(constant, enumeration.parse().apply(word), enumeration.name() + " " + word);
    }
    assertNull(enumeration.parse().apply("a word that the model lacks"));
    return constants[0];
  }

  @Test
  void aRecordMadeAnewFromItsBuilderIsEqual() throws ReflectiveOperationException {
    for (var shape : Shapes.all()) {
      var record = full(shape);
      var builder = (Builder<?>) record.getClass().getMethod("toBuilder").invoke(record);
      assertNotNull(builder);
      assertEquals(record, builder.build());
    }
  }

  private static <R> Object full(Shape<R> shape) {
    var builder = labelled(shape);
    shape.members().forEach(m -> setSample(builder, m));
    return builder.build();
  }

  @Test
  void namesOnTheWireAreUniqueInEachPlace() {
    for (var shape : Shapes.current()) {
      var seen = new HashSet<String>();
      for (var member : shape.members()) {
        assertTrue(
            seen.add(member.location() + " " + member.wireName()),
            shape.name() + "." + member.name());
      }
    }
  }

  @Test
  void elementsComeInOrderScalarsThenLists() {
    for (var shape : Shapes.all()) {
      boolean lists = false;
      for (var member : shape.members()) {
        boolean list = member.type() instanceof Type.ListOf<?>;
        assertTrue(list || !lists, shape.name() + "." + member.name() + " comes after a list");
        lists |= list;
      }
    }
  }

  @Test
  void aShapeIsNamedAndInTheNamespaceOfS3() {
    for (var shape : Shapes.ofS3()) {
      assertEquals("http://s3.amazonaws.com/doc/2006-03-01/", shape.namespace());
      assertTrue(shape.rootName().matches("[A-Za-z0-9]+"), shape.rootName());
      shape.members().stream()
          .filter(m -> m.location() == Location.HEADER_PREFIX)
          .forEach(m -> assertEquals("x-amz-meta-", m.wireName()));
    }
  }
}
