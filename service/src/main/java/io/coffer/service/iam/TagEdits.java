package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.coffer.model.iam.IamError;
import io.coffer.model.iam.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tags of what IAM has. Keys that differ in case alone are the same. Source: IAM User Guide, "Tags
 * for AWS Identity and Access Management resources".
 */
final class TagEdits {
  private static final int MOST = 50;

  private TagEdits() {}

  /**
   * The tags of a request; null is none.
   *
   * @throws io.coffer.model.QueryException InvalidInput for a key that is there twice or is
   *     reserved
   */
  static Map<String, String> of(@Nullable List<Tag> tags) {
    var map = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var tag : requireNonNullElse(tags, List.<Tag>of())) {
      var key = requireNonNull(tag.key());
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw IamError.INVALID_INPUT.exception(
            "Tag keys that begin with aws: are reserved for AWS: " + key);
      }
      if (map.put(key, requireNonNullElse(tag.value(), "")) != null) {
        throw IamError.INVALID_INPUT.exception(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
    return map;
  }

  /**
   * Tags with more of them, which take the place of those with the same keys.
   *
   * @throws io.coffer.model.QueryException as {@link #of}; LimitExceeded for more than 50
   */
  static Map<String, String> with(Map<String, String> tags, @Nullable List<Tag> more) {
    var map = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    map.putAll(tags);
    of(more)
        .forEach(
            (key, value) -> {
              map.remove(key);
              map.put(key, value);
            });
    if (map.size() > MOST) {
      throw IamError.LIMIT_EXCEEDED.exception("The number of tags has reached the maximum limit.");
    }
    return map;
  }

  /** Tags without some of them, whether they are there or not. */
  static Map<String, String> without(Map<String, String> tags, @Nullable List<String> keys) {
    var map = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    map.putAll(tags);
    requireNonNullElse(keys, List.<String>of()).forEach(map::remove);
    return map;
  }

  /** As answers have them, in the order of their keys. */
  static List<Tag> list(Map<String, String> tags) {
    return tags.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  /** A page of them. */
  static Paging<Tag> page(
      Map<String, String> tags, @Nullable String marker, @Nullable Integer maxItems) {
    return Paging.of(list(tags), tag -> requireNonNull(tag.key()), marker, maxItems);
  }
}
