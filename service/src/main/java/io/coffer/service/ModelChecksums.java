package io.coffer.service;

import io.coffer.checksums.Algorithm;
import io.coffer.model.Builder;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The members {@code ChecksumCRC32}, {@code ChecksumSHA256}, … that many shapes of the model have
 * alike: read and set by algorithm. Thread-safe.
 */
public final class ModelChecksums {
  private static final Map<Shape<?>, Map<Algorithm, Member<?, String>>> MEMBERS =
      new ConcurrentHashMap<>();

  private ModelChecksums() {}

  /** The checksums that a record has, as given. */
  public static <R> Map<Algorithm, String> given(Shape<R> shape, R source) {
    var given = new EnumMap<Algorithm, String>(Algorithm.class);
    members(shape)
        .forEach(
            (algorithm, member) -> {
              var value = member.get().apply(source);
              if (value != null) {
                given.put(algorithm, value);
              }
            });
    return given;
  }

  /** Sets the member of a checksum's algorithm, if there is a checksum. */
  public static <R> void set(Shape<R> shape, Builder<R> target, @Nullable StoredChecksum checksum) {
    if (checksum != null) {
      var member = members(shape).get(checksum.algorithm());
      if (member != null) {
        member.set().accept(target, checksum.text());
      }
    }
  }

  @SuppressWarnings("unchecked") // a shape's members are of its own record, and these are strings
  private static <R> Map<Algorithm, Member<R, String>> members(Shape<R> shape) {
    return (Map<Algorithm, Member<R, String>>)
        (Map<?, ?>) MEMBERS.computeIfAbsent(shape, ModelChecksums::find);
  }

  @SuppressWarnings("unchecked") // as above
  private static Map<Algorithm, Member<?, String>> find(Shape<?> shape) {
    var found = new EnumMap<Algorithm, Member<?, String>>(Algorithm.class);
    for (var algorithm : Algorithm.values()) {
      for (var member : shape.members()) {
        if (member.name().equals("Checksum" + algorithm.name())) {
          found.put(algorithm, (Member<?, String>) member);
        }
      }
    }
    return found;
  }
}
