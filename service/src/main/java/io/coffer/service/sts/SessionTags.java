package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.Tag;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tags of a session that is being made. Source: IAM User Guide, "Pass session tags in AWS STS".
 *
 * @param requested those that were passed
 * @param all with those that the caller's own session hands down
 * @param transitive keys of those that this session will hand down
 */
record SessionTags(Map<String, String> requested, Map<String, String> all, Set<String> transitive) {
  static final SessionTags NONE = new SessionTags(Map.of(), Map.of(), Set.of());

  private static final int MOST = 50;
  private static final String RESERVED = "aws:";

  SessionTags {
    requested = Map.copyOf(requested);
    all = Map.copyOf(all);
    transitive = Set.copyOf(transitive);
  }

  /**
   * Of a request.
   *
   * @param tags null for none
   * @param transitiveKeys keys among them that are handed down; null for none
   * @param caller whose session may hand down tags
   * @throws QueryException what AWS refuses
   */
  static SessionTags of(
      @Nullable List<Tag> tags, @Nullable Collection<String> transitiveKeys, Caller caller) {
    var passed = new HashMap<String, String>();
    var seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (var tag : tags == null ? List.<Tag>of() : tags) {
      var key = Objects.requireNonNullElse(tag.key(), "");
      if (key.toLowerCase(Locale.ROOT).startsWith(RESERVED)) {
        throw invalid("aws: prefixed tag key names are not allowed for external use.");
      }
      if (!seen.add(key)) {
        throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      passed.put(key, Objects.requireNonNullElse(tag.value(), ""));
    }
    var handedDown = handedDown(caller);
    for (var key : handedDown.keySet()) {
      if (seen.contains(key)) {
        throw invalid(
            "One of the specified transitive tag keys can't be set because it conflicts with a"
                + " transitive tag key from the calling session.");
      }
    }
    var transitive = new HashSet<>(handedDown.keySet());
    for (var key : transitiveKeys == null ? List.<String>of() : transitiveKeys) {
      if (!seen.contains(key)) {
        throw invalid("The specified transitive tag key must be included in the requested tags.");
      }
      transitive.add(Objects.requireNonNull(seen.floor(key)));
    }
    var all = new HashMap<>(handedDown);
    all.putAll(passed);
    if (all.size() > MOST) {
      throw invalid("A session has at most " + MOST + " tags.");
    }
    return new SessionTags(passed, all, transitive);
  }

  private static Map<String, String> handedDown(Caller caller) {
    if (!(caller instanceof Caller.InSession in)) {
      return Map.of();
    }
    var handedDown = new HashMap<>(in.session().tags());
    handedDown.keySet().retainAll(in.session().transitiveTags());
    return handedDown;
  }

  private static QueryException invalid(String message) {
    return CommonError.INVALID_PARAMETER_VALUE.exception(message);
  }
}
