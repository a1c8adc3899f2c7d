package io.coffer.service.explain;

import java.util.List;
import java.util.Map;

/**
 * Whether somebody may do something. Immutable.
 *
 * @param who {@code anonymous}, an access key id, or the ARN of a root, user, role or session of a
 *     role
 * @param action as policies call it, such as s3:GetObject
 * @param resource its ARN; "*" for none
 * @param conditions what is known of the request: condition keys, in any case, and their values
 */
public record Question(
    String who, String action, String resource, Map<String, List<String>> conditions) {
  public Question {
    conditions = Map.copyOf(conditions);
  }
}
