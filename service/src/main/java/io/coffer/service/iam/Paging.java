package io.coffer.service.iam;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coffer.model.CommonError;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. Source: IAM API Reference, "ListRoles", parameters Marker and MaxItems.
 *
 * @param truncated whether there are more
 * @param marker with which to ask for them; null if there are none
 */
record Paging<T>(List<T> items, boolean truncated, @Nullable String marker) {
  private static final int DEFAULT_ITEMS = 100;

  /** Longer than any name or ARN. */
  private static final int MAX_POSITION = 1_024;

  Paging {
    items = List.copyOf(items);
  }

  /**
   * The first items of what comes after a marker.
   *
   * @param position of an item in the list, which its marker tells
   * @param maxItems 1 to 1,000; null for 100
   */
  static <T> Paging<T> of(
      Stream<T> rest, Function<T, String> position, @Nullable Integer maxItems) {
    int most = maxItems == null ? DEFAULT_ITEMS : maxItems;
    var items = new ArrayList<T>();
    for (var each = rest.iterator(); each.hasNext(); ) {
      if (items.size() == most) {
        return new Paging<>(items, true, marker(position.apply(items.get(most - 1))));
      }
      items.add(each.next());
    }
    return new Paging<>(items, false, null);
  }

  /** A page of few items, in the order of their positions. */
  static <T> Paging<T> of(
      Collection<T> all,
      Function<T, String> position,
      @Nullable String marker,
      @Nullable Integer maxItems) {
    var after = position(marker);
    var rest =
        all.stream()
            .filter(item -> after == null || position.apply(item).compareTo(after) > 0)
            .sorted(Comparator.comparing(position));
    return of(rest, position, maxItems);
  }

  /** The same page of what its items become. */
  <R> List<R> map(Function<T, R> change) {
    return items.stream().map(change).toList();
  }

  /** The marker that tells a position. */
  static String marker(String position) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(UTF_8));
  }

  /**
   * What a marker tells: after which item to begin; null without one.
   *
   * @throws io.coffer.model.QueryException ValidationError for what no answer has given
   */
  static @Nullable String position(@Nullable String marker) {
    if (marker == null) {
      return null;
    }
    try {
      var position = new String(Base64.getUrlDecoder().decode(marker), UTF_8);
      if (!position.isEmpty() && position.length() <= MAX_POSITION) {
        return position;
      }
    } catch (IllegalArgumentException e) {
      // No answer has given it: told below.
    }
    throw CommonError.VALIDATION_ERROR.exception("Invalid Marker.");
  }
}
