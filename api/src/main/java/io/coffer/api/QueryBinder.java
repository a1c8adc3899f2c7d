package io.coffer.api;

import static io.coffer.model.CommonError.MALFORMED_INPUT;

import io.coffer.model.Builder;
import io.coffer.model.Member;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record of a request from its form, as the model says, and checks it against what the
 * model demands. Parameters that the model does not know are ignored, as AWS does. For one request.
 */
final class QueryBinder {
  private final QueryForm form;
  private final Violations violations = new Violations();

  private QueryBinder(QueryForm form) {
    this.form = form;
  }

  /**
   * Binds.
   *
   * @return a record of the operation's input
   * @throws QueryException ValidationError with all that is missing or out of bounds,
   *     MalformedInput for what is not of its type
   */
  static Object bind(QueryOperation operation, QueryForm form) {
    return bind(operation.input(), form);
  }

  static <R> R bind(Shape<R> shape, QueryForm form) {
    var binder = new QueryBinder(form);
    var record = binder.structure(shape, "", "");
    binder.violations.throwIfAny();
    return record;
  }

  /**
   * The members of a structure.
   *
   * @param inside what their names begin with
   * @param path how messages name where they are
   */
  private <R> R structure(Shape<R> shape, String inside, String path) {
    Builder<R> builder = shape.builder().get();
    for (var member : shape.members()) {
      set(builder, member, inside + member.wireName(), path + lowerFirst(member.name()));
    }
    return builder.build();
  }

  private static String lowerFirst(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }

  private <R, V> void set(Builder<R> builder, Member<R, V> member, String name, String path) {
    var value = value(member.type(), name, path);
    if (value != null) {
      violations.check(member.constraints(), path, value);
      @SuppressWarnings("unchecked") // it was read as the member's own type
      V own = (V) value;
      member.set().accept(builder, own);
    } else if (member.required() && form.value(name) == null) {
      violations.missing(path);
    }
  }

  private @Nullable Object value(Type<?> type, String name, String path) {
    return switch (type) {
      case Type.Structure<?> structure ->
          form.hasInside(name) ? structure(structure.shape().get(), name + ".", path + ".") : null;
      case Type.ListOf<?> list -> list(list, name, path);
      case Type.MapOf<?> map -> map(map, name, path);
      default -> {
        var text = form.value(name);
        yield text == null ? null : scalar(type, name, path, text);
      }
    };
  }

  private @Nullable Object scalar(Type<?> type, String name, String path, String text) {
    var value = Scalars.parse(type, text);
    if (value == null && type instanceof Type.Enumeration<?> enumeration) {
      violations.unknownWord(path, text, enumeration);
    } else if (value == null) {
      throw MALFORMED_INPUT.exception("The value of " + name + " cannot be read.");
    }
    return value;
  }

  /** Null when it is not there; a parameter with its own name and no value is an empty list. */
  private @Nullable List<Object> list(Type.ListOf<?> type, String name, String path) {
    var items = form.items(type.flattened() ? name : name + "." + type.itemName());
    if (items.isEmpty()) {
      return isEmpty(name) ? List.of() : null;
    }
    var values = new ArrayList<Object>(items.size());
    int number = 0;
    for (var item : items) {
      number++;
      var value = value(type.element(), item, path + "." + number + ".member");
      if (value != null) {
        values.add(value);
      }
    }
    return values;
  }

  private @Nullable Map<String, Object> map(Type.MapOf<?> type, String name, String path) {
    var entries = form.items(name + ".entry");
    if (entries.isEmpty()) {
      return isEmpty(name) ? Map.of() : null;
    }
    var values = new LinkedHashMap<String, Object>();
    for (var entry : entries) {
      var key = form.value(entry + ".key");
      var value = key == null ? null : value(type.value(), entry + ".value", path + "." + key);
      if (key == null || value == null || values.put(key, value) != null) {
        throw MALFORMED_INPUT.exception(
            "An entry of " + name + " has no key or value, or one that is there already.");
      }
    }
    return values;
  }

  private boolean isEmpty(String name) {
    var text = form.value(name);
    if (text != null && !text.isEmpty()) {
      throw MALFORMED_INPUT.exception("The value of " + name + " is not a list.");
    }
    return text != null;
  }
}
