package io.coffer.model;

import org.jspecify.annotations.Nullable;

/**
 * What the service model demands of a value beside its type. Lengths are those of AWS: of text in
 * UTF-16 units, of lists and maps in items.
 *
 * @param min least value of a number, least length of anything else
 * @param max likewise the greatest
 * @param pattern a regular expression that the whole text must match; null for any
 * @param sensitive whether the value must not be repeated to anybody
 * @param items demands on each item of a list or value of a map; null for none
 */
public record Constraints(
    long min, long max, @Nullable String pattern, boolean sensitive, @Nullable Constraints items) {
  /** Anything will do. */
  public static final Constraints NONE =
      new Constraints(Long.MIN_VALUE, Long.MAX_VALUE, null, false, null);

  /** Anything will do, and nobody is to see it. */
  public static final Constraints OF_SECRET =
      new Constraints(Long.MIN_VALUE, Long.MAX_VALUE, null, true, null);
}
