package io.coffer.api;

import static io.coffer.model.S3Error.MALFORMED_XML;

import io.coffer.model.Builder;
import io.coffer.model.Location;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** One document while it is read. Between calls the reader is at the start of an element. */
final class XmlDocument {
  /** Deeper than any document of S3. */
  private static final int MAX_DEPTH = 24;

  private final XMLStreamReader events;
  private int depth;

  XmlDocument(XMLStreamReader events) {
    this.events = events;
  }

  <R> void read(Shape<R> shape, String rootName, Builder<R> builder) throws XMLStreamException {
    while (next() != XMLStreamConstants.START_ELEMENT) {
      // comments and white space before the root
    }
    if (!events.getLocalName().equals(rootName)) {
      throw MALFORMED_XML.exception();
    }
    structure(shape, builder);
    while (next() != XMLStreamConstants.END_DOCUMENT) {
      // comments and white space after it
    }
  }

  private <R> R structure(Shape<R> shape) throws XMLStreamException {
    Builder<R> builder = shape.builder().get();
    structure(shape, builder);
    return builder.build();
  }

  private <R> void structure(Shape<R> shape, Builder<R> builder) throws XMLStreamException {
    var values = new IdentityHashMap<Member<R, ?>, Object>();
    attributes(shape, values);
    if (shape.bareText()) {
      var only = shape.members().getFirst();
      values.put(only, scalar(only.type()));
    } else {
      elements(shape, values);
    }
    for (var member : shape.members()) {
      var value = values.get(member);
      if (value != null) {
        set(builder, member, value);
      } else if (member.required() && isInDocument(member)) {
        throw MALFORMED_XML.exception();
      }
    }
  }

  private static boolean isInDocument(Member<?, ?> member) {
    return member.location() == Location.ELEMENT || member.location() == Location.ATTRIBUTE;
  }

  private <R> void elements(Shape<R> shape, Map<Member<R, ?>, Object> values)
      throws XMLStreamException {
    enter();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event != XMLStreamConstants.START_ELEMENT) {
        refuseText(event);
        continue;
      }
      var member = find(shape, Location.ELEMENT, events.getLocalName());
      if (member == null) {
        skip();
      } else if (member.type() instanceof Type.ListOf<?> list && list.flattened()) {
        @SuppressWarnings("unchecked") // only this line puts lists of flattened members
        var items = (List<Object>) values.computeIfAbsent(member, m -> new ArrayList<>());
        items.add(value(list.element()));
      } else if (values.put(member, value(member.type())) != null) {
        throw MALFORMED_XML.exception();
      }
    }
    depth--;
  }

  private <R> void attributes(Shape<R> shape, Map<Member<R, ?>, Object> values) {
    for (int i = 0; i < events.getAttributeCount(); i++) {
      for (var member : shape.members()) {
        var name = member.wireName();
        if (member.location() == Location.ATTRIBUTE
            && name.substring(name.indexOf(':') + 1).equals(events.getAttributeLocalName(i))) {
          values.put(member, parsed(member.type(), events.getAttributeValue(i)));
        }
      }
    }
  }

  private static <R> @Nullable Member<R, ?> find(Shape<R> shape, Location location, String name) {
    for (var member : shape.members()) {
      if (member.location() == location && member.wireName().equals(name)) {
        return member;
      }
    }
    return null;
  }

  private Object value(Type<?> type) throws XMLStreamException {
    return switch (type) {
      case Type.Structure<?> structure -> structure(structure.shape().get());
      case Type.ListOf<?> list -> items(list);
      default -> scalar(type);
    };
  }

  private List<Object> items(Type.ListOf<?> list) throws XMLStreamException {
    var items = new ArrayList<>();
    enter();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event != XMLStreamConstants.START_ELEMENT) {
        refuseText(event);
      } else if (events.getLocalName().equals(list.itemName())) {
        items.add(value(list.element()));
      } else {
        skip();
      }
    }
    depth--;
    return items;
  }

  private Object scalar(Type<?> type) throws XMLStreamException {
    return parsed(type, events.getElementText());
  }

  private static Object parsed(Type<?> type, String text) {
    var value = Scalars.parse(type, text);
    if (value == null) {
      throw MALFORMED_XML.exception();
    }
    return value;
  }

  private void skip() throws XMLStreamException {
    enter();
    for (int event = next(); event != XMLStreamConstants.END_ELEMENT; event = next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        skip();
      }
    }
    depth--;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw MALFORMED_XML.exception();
    }
  }

  private int next() throws XMLStreamException {
    int event = events.next();
    if (event == XMLStreamConstants.DTD) {
      throw MALFORMED_XML.exception();
    }
    return event;
  }

  /** Between elements there is only white space. */
  private void refuseText(int event) {
    if ((event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA)
        && !events.isWhiteSpace()) {
      throw MALFORMED_XML.exception();
    }
  }

  @SuppressWarnings("unchecked") // the value was read as the member's own type
  private static <R, V> void set(Builder<R> builder, Member<R, V> member, Object value) {
    member.set().accept(builder, (V) value);
  }
}
