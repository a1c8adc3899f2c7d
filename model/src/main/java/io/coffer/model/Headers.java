package io.coffer.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order in which they came; names compare without case (RFC 9110 §5.1). Values
 * are trimmed of outer white space by whoever adds them. Immutable.
 */
public final class Headers {
  private static final Headers EMPTY = new Headers(List.of());

  /** One field line. */
  public record Field(String name, String value) {
    public Field {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  public static Headers empty() {
    return EMPTY;
  }

  public static Headers of(List<Field> fields) {
    return new Headers(List.copyOf(fields));
  }

  public static Builder builder() {
    return new Builder();
  }

  /** All fields, in order. */
  public List<Field> fields() {
    return fields;
  }

  /** The first value of a field, or null. */
  public @Nullable String first(String name) {
    for (var field : fields) {
      if (field.name().equalsIgnoreCase(name)) {
        return field.value();
      }
    }
    return null;
  }

  /** All values of a field, in order; empty when there is none. */
  public List<String> all(String name) {
    return fields.stream().filter(f -> f.name().equalsIgnoreCase(name)).map(Field::value).toList();
  }

  public boolean contains(String name) {
    return first(name) != null;
  }

  /** The fields whose names start with a prefix, names in lower case. */
  public List<Field> startingWith(String prefix) {
    var found = new ArrayList<Field>();
    for (var field : fields) {
      if (field.name().regionMatches(true, 0, prefix, 0, prefix.length())) {
        found.add(new Field(field.name().toLowerCase(Locale.ROOT), field.value()));
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return fields.toString();
  }

  /** Collects fields. Not thread-safe. */
  public static final class Builder {
    private final List<Field> fields = new ArrayList<>();

    public Builder add(String name, String value) {
      fields.add(new Field(name, value));
      return this;
    }

    public Headers build() {
      return of(fields);
    }
  }
}
