package io.coffer.storage;

import java.util.List;

/**
 * Rows of one snapshot.
 *
 * @param rows in the order asked for
 * @param more whether the range has rows beyond these
 */
public record Page(List<Row> rows, boolean more) {
  public Page {
    rows = List.copyOf(rows);
  }
}
