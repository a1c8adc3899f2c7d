package io.coffer.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A structure of the service model as data: what the binder and the XML codec need to read or write
 * any request, response or document. Immutable.
 *
 * @param name the model's name of the structure
 * @param rootName the XML root element when this shape is a body of its own
 * @param namespace the XML namespace of that root; empty for none
 * @param bareText whether the only member is the text of the root itself
 * @param members in the order in which elements are written
 * @param builder makes an empty builder
 * @param <R> the record
 */
public record Shape<R>(
    String name,
    String rootName,
    String namespace,
    boolean bareText,
    List<Member<R, ?>> members,
    Supplier<Builder<R>> builder) {

  public Shape {
    members = List.copyOf(members);
  }

  /** The member that is the whole body, if there is one. */
  public Optional<Member<R, ?>> payload() {
    return members.stream().filter(m -> m.location() == Location.PAYLOAD).findFirst();
  }

  /** Whether any member is an element of the body. */
  public boolean hasElements() {
    return members.stream()
        .anyMatch(m -> m.location() == Location.ELEMENT || m.location() == Location.ATTRIBUTE);
  }
}
