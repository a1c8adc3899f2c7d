package io.coffer.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What S3 decides, for explanations.
 *
 * @param summary the sentence that says what decided in place of policies; null when they did
 * @param notes a sentence each: what beside policies had a say
 */
public record S3Verdict(boolean allowed, @Nullable String summary, List<String> notes) {
  public S3Verdict {
    notes = List.copyOf(notes);
  }
}
