package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the rows of several kinds of entities are made of. */
final class Rows {
  private Rows() {}

  static void texts(RowWriter out, Collection<String> texts) {
    out.number(texts.size());
    texts.forEach(out::text);
  }

  static List<String> texts(RowReader in) {
    int count = (int) in.number();
    var texts = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      texts.add(in.text());
    }
    return texts;
  }

  static void time(RowWriter out, Instant time) {
    out.number(time.toEpochMilli());
  }

  static Instant time(RowReader in) {
    return Instant.ofEpochMilli(in.number());
  }
}
