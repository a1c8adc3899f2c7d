package io.coffer.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the change feed.
 *
 * @param announcements in order
 * @param next where to go on: after the last of these; what was given when there are none
 */
public record Changes(List<Bytes> announcements, @Nullable Cursor next) {
  public Changes {
    announcements = List.copyOf(announcements);
  }
}
