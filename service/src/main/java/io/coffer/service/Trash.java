package io.coffer.service;

import io.coffer.storage.Bytes;
import io.coffer.storage.Row;
import java.util.ArrayList;
import java.util.List;

/**
 * Parts that nobody needs any more, for the collector to remove.
 *
 * @param numbers which part numbers; empty for all of the upload
 */
record Trash(List<Integer> numbers) {
  private static final int FORMAT = 1;

  static Trash wholeUpload() {
    return new Trash(List.of());
  }

  static Trash decode(Row row) {
    var in = new RowReader(row.value(), FORMAT);
    int count = (int) in.number();
    var numbers = new ArrayList<Integer>();
    for (int i = 0; i < count; i++) {
      numbers.add((int) in.number());
    }
    return new Trash(numbers);
  }

  Bytes encode() {
    var out = new RowWriter(FORMAT).number(numbers.size());
    numbers.forEach(out::number);
    return out.finish();
  }
}
