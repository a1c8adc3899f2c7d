package io.coffer.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The type of a member, as far as reading and writing it is concerned.
 *
 * @param <V> the Java type of its values
 */
public sealed interface Type<V> {
  /** A string, kept exactly. */
  record Text() implements Type<String> {}

  record Int32() implements Type<Integer> {}

  record Int64() implements Type<Long> {}

  record Bool() implements Type<Boolean> {}

  /** An instant in one of AWS's three formats. */
  record Timestamp(TimestampFormat format) implements Type<Instant> {}

  /** Bytes, Base64 in XML. */
  record Binary() implements Type<byte[]> {}

  /** The streaming body of a request or a response. */
  record Stream() implements Type<Body> {}

  /** An enumeration of the model; {@code parse} gives null for a word that the model lacks. */
  record Enumeration<E extends Enum<E> & WireEnum>(
      String name, Class<E> constants, Function<String, E> parse) implements Type<E> {}

  /** A list; flattened lists repeat the member's element without a wrapper. */
  record ListOf<E>(Type<E> element, String itemName, boolean flattened) implements Type<List<E>> {}

  /** A map from strings; only header prefixes use it in S3. */
  record MapOf<V>(Type<V> value) implements Type<Map<String, V>> {}

  /** A nested structure; the supplier breaks cycles between shapes. */
  record Structure<S>(Supplier<Shape<S>> shape) implements Type<S> {}
}
