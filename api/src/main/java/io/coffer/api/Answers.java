package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.Member;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.s3.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes answers from the records of responses: status, headers, and XML or a stream. */
final class Answers {
  private Answers() {}

  /**
   * The answer to a request that succeeded.
   *
   * @param output a record of the operation's output; a stream in it goes over to the answer
   */
  static Response of(Operation operation, Object output) {
    return of(operation, operation.output(), output);
  }

  private static <R> Response of(Operation operation, Shape<R> shape, Object output) {
    @SuppressWarnings("unchecked") // the service answers with records of the operation's output
    R record = (R) output;
    boolean isHead = operation.method().equals("HEAD");
    var headers = Headers.builder();
    int status = operation.status();
    for (var member : shape.members()) {
      var value = member.get().apply(record);
      if (value == null) {
        continue;
      }
      switch (member.location()) {
        case HEADER -> header(headers, member, value, isHead);
        case HEADER_PREFIX -> prefixed(headers, member.wireName(), (Map<?, ?>) value);
        case STATUS -> status = (Integer) value;
        default -> {
          // part of the body
        }
      }
      if (member.wireName().equalsIgnoreCase("Content-Range")) {
        status = 206;
      }
    }
    var body = isHead ? Body.empty() : body(headers, shape, record);
    return new Response(status, headers.build(), body);
  }

  /** The XML of a response whose status and headers have gone out already. */
  static XmlText document(XmlText out, Operation operation, Object output) {
    return document(out, operation.output(), output);
  }

  private static <R> XmlText document(XmlText out, Shape<R> shape, Object output) {
    @SuppressWarnings("unchecked") // as above
    R record = (R) output;
    var payload = shape.payload();
    if (payload.isEmpty()) {
      return XmlWriter.write(out, shape, shape.rootName(), record);
    }
    var value = payload.get().get().apply(record);
    return value == null ? out : payloadXml(out, payload.get(), value);
  }

  private static <R> Body body(Headers.Builder headers, Shape<R> shape, R record) {
    var payload = shape.payload();
    if (payload.isEmpty()) {
      return shape.hasElements()
          ? xml(headers, XmlWriter.write(XmlText.document(), shape, shape.rootName(), record))
          : Body.empty();
    }
    var value = payload.get().get().apply(record);
    return value == null ? Body.empty() : payload(headers, payload.get(), value);
  }

  private static Body payload(Headers.Builder headers, Member<?, ?> member, Object value) {
    return switch (member.type()) {
      case Type.Stream ignored -> (Body) value;
      case Type.Text ignored -> {
        // the only document of S3 that is a string is a policy
        headers.add("Content-Type", "application/json");
        yield Body.of(((String) value).getBytes(StandardCharsets.UTF_8));
      }
      default -> xml(headers, payloadXml(XmlText.document(), member, value));
    };
  }

  private static XmlText payloadXml(XmlText out, Member<?, ?> member, Object value) {
    if (member.type() instanceof Type.Structure<?> structure) {
      return structure(out, structure.shape().get(), member.wireName(), value);
    }
    throw new IllegalStateException("no XML: " + member);
  }

  private static <S> XmlText structure(XmlText out, Shape<S> shape, String name, Object value) {
    @SuppressWarnings("unchecked") // a member's value is of its member's type
    S record = (S) value;
    return XmlWriter.write(out, shape, name, record);
  }

  private static Body xml(Headers.Builder headers, XmlText document) {
    headers.add("Content-Type", Response.XML);
    return document.body();
  }

  /** Content-Length is the transport's matter, but for HEAD, where only the output knows it. */
  private static void header(
      Headers.Builder headers, Member<?, ?> member, Object value, boolean isHead) {
    var name = member.wireName();
    if (!name.equalsIgnoreCase("Content-Length") || isHead) {
      var text = headerText(member.type(), value);
      if (text != null) {
        headers.add(name, text);
      }
    }
  }

  private static @Nullable String headerText(Type<?> type, Object value) {
    if (!(type instanceof Type.ListOf<?> list)) {
      return Scalars.format(type, value);
    }
    var items = new ArrayList<String>();
    for (var item : (Iterable<?>) value) {
      items.add(Scalars.format(list.element(), item));
    }
    return items.isEmpty() ? null : String.join(", ", items);
  }

  private static void prefixed(Headers.Builder headers, String prefix, Map<?, ?> values) {
    values.forEach(
        (name, value) -> headers.add(prefix + name, EncodedWords.encode(String.valueOf(value))));
  }
}
