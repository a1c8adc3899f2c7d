package io.coffer.service.iam;

import io.coffer.auth.policy.ConditionValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The condition keys of requests to IAM. Source: Service Authorization Reference, "Actions,
 * resources, and condition keys for AWS Identity and Access Management".
 */
final class IamValues {
  private IamValues() {}

  /** The tags that a request would set: aws:RequestTag and aws:TagKeys. */
  static void requested(ConditionValues.Builder values, Map<String, String> tags) {
    values
        .family("aws:RequestTag/", key -> value(tags, key))
        .put("aws:TagKeys", List.copyOf(tags.keySet()));
  }

  /** The keys of tags that a request would remove: aws:TagKeys. */
  static void untagged(ConditionValues.Builder values, @Nullable List<String> keys) {
    values.put("aws:TagKeys", keys == null ? List.of() : keys);
  }

  /** The tags that the resource has: aws:ResourceTag and iam:ResourceTag. */
  static void existing(ConditionValues.Builder values, Map<String, String> tags) {
    values
        .family("aws:ResourceTag/", key -> value(tags, key))
        .family("iam:ResourceTag/", key -> value(tags, key));
  }

  private static List<String> value(Map<String, String> tags, String lowerKey) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equalsIgnoreCase(lowerKey))
        .map(Map.Entry::getValue)
        .toList();
  }
}
