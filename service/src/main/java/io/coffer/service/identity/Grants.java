package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The policies of a user, group or role. Immutable.
 *
 * @param inline documents by name, in the order of their names
 * @param attached ARNs of managed policies, in the order in which they were attached
 */
public record Grants(Map<String, String> inline, List<String> attached) {
  /** None. */
  public static final Grants NONE = new Grants(Map.of(), List.of());

  public Grants {
    inline = Collections.unmodifiableMap(new TreeMap<>(inline));
    attached = List.copyOf(attached);
  }

  /** With an inline policy, new or in the place of another. */
  public Grants withInline(String name, String document) {
    var changed = new TreeMap<>(inline);
    changed.put(name, document);
    return new Grants(changed, attached);
  }

  /** Without an inline policy. */
  public Grants withoutInline(String name) {
    var changed = new TreeMap<>(inline);
    changed.remove(name);
    return new Grants(changed, attached);
  }

  /** With a managed policy; once, however often it is attached. */
  public Grants withAttached(String arn) {
    if (attached.contains(arn)) {
      return this;
    }
    var changed = new ArrayList<>(attached);
    changed.add(arn);
    return new Grants(inline, changed);
  }

  /** Without a managed policy. */
  public Grants withoutAttached(String arn) {
    return new Grants(inline, attached.stream().filter(other -> !other.equals(arn)).toList());
  }

  void write(RowWriter out) {
    out.map(inline);
    Rows.texts(out, attached);
  }

  static Grants read(RowReader in) {
    return new Grants(in.map(), Rows.texts(in));
  }
}
