package io.coffer.api;

import static io.coffer.model.S3Error.MALFORMED_ACL;
import static io.coffer.model.S3Error.MALFORMED_XML;
import static io.coffer.model.S3Error.MISSING_REQUEST_BODY;

import io.coffer.model.Builder;
import io.coffer.model.Member;
import io.coffer.model.S3Exception;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the record of a request from its head and body, as the model says. Thread-safe. */
final class Binder {
  private final XmlReader xml = new XmlReader();

  /**
   * Binds; what the head gets wrong is found before the body is asked for.
   *
   * @return a record of the operation's input; a stream in it is still to be read
   * @throws io.coffer.model.S3Exception what AWS answers to a value that is missing or not readable
   * @throws IOException the client went away while it sent a document
   */
  Object bind(Incoming in) throws IOException {
    return bind(in.operation().input(), in);
  }

  private <R> R bind(Shape<R> shape, Incoming in) throws IOException {
    Builder<R> builder = shape.builder().get();
    for (var member : shape.members()) {
      if (isOfHead(member)) {
        set(builder, member, ofHead(member, in));
      }
    }
    var payload = shape.payload();
    if (payload.isPresent()) {
      set(builder, payload.get(), ofBody(payload.get(), in));
    } else if (shape.hasElements()) {
      var document = document(in);
      if (document.length == 0) {
        throw MISSING_REQUEST_BODY.exception();
      }
      xml.readInto(builder, shape, shape.rootName(), document);
    }
    return builder.build();
  }

  private static boolean isOfHead(Member<?, ?> member) {
    return switch (member.location()) {
      case LABEL, QUERY, HEADER, HEADER_PREFIX -> true;
      case STATUS, PAYLOAD, ELEMENT, ATTRIBUTE -> false;
    };
  }

  private static <R, V> void set(Builder<R> builder, Member<R, V> member, @Nullable Object value) {
    if (value != null) {
      @SuppressWarnings("unchecked") // it was read as the member's own type
      V own = (V) value;
      member.set().accept(builder, own);
    } else if (member.required()) {
      throw InvalidValues.missing(member);
    }
  }

  private static @Nullable Object ofHead(Member<?, ?> member, Incoming in) {
    return switch (member.location()) {
      case LABEL -> member.wireName().equals("Bucket") ? in.address().bucket() : in.address().key();
      case QUERY -> ofQuery(member, in);
      case HEADER -> ofHeader(member, in);
      case HEADER_PREFIX -> {
        var values = RequestHeaders.prefixed(in.head().headers(), member.wireName());
        yield values.isEmpty() ? null : values;
      }
      case STATUS, PAYLOAD, ELEMENT, ATTRIBUTE ->
          throw new IllegalStateException("not of the head: " + member);
    };
  }

  private static @Nullable Object ofQuery(Member<?, ?> member, Incoming in) {
    var text = in.query().first(member.wireName());
    if (text == null || (text.isEmpty() && !(member.type() instanceof Type.Text))) {
      return null;
    }
    if (member.wireName().startsWith("response-")) {
      RequestHeaders.checkOverride(member.wireName(), text);
    }
    return parsed(member, member.type(), text);
  }

  private static @Nullable Object ofHeader(Member<?, ?> member, Incoming in) {
    if (member.wireName().equalsIgnoreCase("Content-Length") && in.content().length() >= 0) {
      return in.content().length();
    }
    var text = RequestHeaders.value(in.head().headers(), member.wireName());
    if (text == null || (text.isEmpty() && !(member.type() instanceof Type.Text))) {
      return null;
    }
    return member.type() instanceof Type.ListOf<?> list
        ? items(member, list, text)
        : parsed(member, member.type(), text);
  }

  /** A list in a header is separated by commas. */
  private static List<Object> items(Member<?, ?> member, Type.ListOf<?> list, String text) {
    var items = new ArrayList<Object>();
    for (var item : text.split(",", -1)) {
      var value = item.isBlank() ? null : parsed(member, list.element(), item.strip());
      if (value != null) {
        items.add(value);
      }
    }
    return items;
  }

  private static @Nullable Object parsed(Member<?, ?> member, Type<?> type, String text) {
    var value = Scalars.parse(type, spelled(type, text));
    if (value == null && !InvalidValues.isIgnored(member)) {
      throw InvalidValues.unreadable(member, text);
    }
    return value;
  }

  /** AWS's own native client asks for checksums in lower case, and AWS answers it. */
  private static String spelled(Type<?> type, String text) {
    return type instanceof Type.Enumeration<?> words && words.name().equals("ChecksumMode")
        ? text.toUpperCase(Locale.ROOT)
        : text;
  }

  private @Nullable Object ofBody(Member<?, ?> member, Incoming in) throws IOException {
    if (member.type() instanceof Type.Stream) {
      return in.content();
    }
    var document = document(in);
    if (document.length == 0) {
      return null;
    }
    return member.type() instanceof Type.Structure<?> structure
        ? ofXml(structure, member.wireName(), document)
        : new String(document, StandardCharsets.UTF_8);
  }

  /** ACLs have an error of their own. */
  private Object ofXml(Type.Structure<?> structure, String rootName, byte[] document) {
    try {
      return xml.read(structure.shape().get(), rootName, document);
    } catch (S3Exception e) {
      boolean isAcl = rootName.equals("AccessControlPolicy") && e.error() == MALFORMED_XML;
      throw isAcl ? MALFORMED_ACL.exception() : e;
    }
  }

  /** The body, whole and verified; empty when there is none. */
  private static byte[] document(Incoming in) throws IOException {
    var document = Documents.read(in.content(), Documents.limit(in.operation()));
    if (document.length > 0) {
      DocumentDigests.verify(document, in);
    }
    return document;
  }
}
