package io.coffer.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one step of {@link Storage#inspect} found.
 *
 * @param findings empty where all is well
 * @param bytes how many were read for it, about
 * @param next where to go on; null after the last step
 */
public record Inspection(List<Finding> findings, long bytes, @Nullable Cursor next) {
  public Inspection {
    findings = List.copyOf(findings);
  }

  /**
   * Something that is not as it should be.
   *
   * @param kind what it means for the data
   * @param text what and where, in words for an operator, without a full stop
   */
  public record Finding(Kind kind, String text) {}

  /** What a finding means for the data. */
  public enum Kind {
    /** Something was lost, or will not be read. */
    DAMAGE,
    /** Something takes room and belongs to nothing. */
    STRAY
  }
}
