package io.coffer.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What S3 decides, for explanations.
 *
 * @param acl the sentence that says which ACL allowed what no policy did; null when none did
 * @param notes a sentence each: what beside policies had a say
 */
public record S3Verdict(boolean allowed, @Nullable String acl, List<String> notes) {
  public S3Verdict {
    notes = List.copyOf(notes);
  }
}
