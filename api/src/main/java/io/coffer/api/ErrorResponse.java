package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.util.Map;

/**
 * The only place where errors become answers. Source: Amazon S3 API Reference, "REST error
 * responses".
 */
final class ErrorResponse {
  private static final String RETRY_AFTER = "Retry-After";

  private ErrorResponse() {}

  /**
   * An error as an answer of its own.
   *
   * @param resource bucket and key, or the path when they are not known
   * @param isHead such answers have no body
   */
  static Response of(S3Exception exception, String resource, RequestId id, boolean isHead) {
    var headers = Headers.builder();
    exception.headers().fields().forEach(f -> headers.add(f.name(), f.value()));
    int status = exception.error().status();
    if (status == 503 && !exception.headers().contains(RETRY_AFTER)) {
      headers.add(RETRY_AFTER, "1");
    }
    if (status == 304) {
      return new Response(status, headers.build(), Body.empty());
    }
    if (isHead) {
      headers.add("Content-Type", Response.XML);
      return new Response(status, headers.build(), Body.empty());
    }
    var document = write(XmlText.document(), exception, resource, id);
    return Response.xml(status, headers, document.bytes());
  }

  /** An error inside an answer of status 200 whose declaration has been sent. */
  static byte[] fragment(S3Exception exception, String resource, RequestId id) {
    return write(XmlText.fragment(), exception, resource, id).bytes();
  }

  private static XmlText write(XmlText out, S3Exception exception, String resource, RequestId id) {
    var message = exception.getMessage();
    return write(
        out,
        exception.error().code(),
        message == null ? exception.error().message() : message,
        exception.fields(),
        resource,
        id);
  }

  private static XmlText write(
      XmlText out,
      String code,
      String message,
      Map<String, String> fields,
      String resource,
      RequestId id) {
    out.start("Error").element("Code", code).element("Message", message);
    fields.forEach((name, value) -> out.element(name, printable(value)));
    if (!fields.containsKey("Resource")) {
      out.element("Resource", printable(resource));
    }
    return out.element("RequestId", id.id()).element("HostId", id.hostId()).end("Error");
  }

  /** Errors have to be readable by every parser, and XML 1.0 has no control characters. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}&&[^\t\n]]", "\uFFFD");
  }

  /** The document for a request whose head was refused before it became one. */
  static byte[] document(String code, String message, RequestId id) {
    return write(XmlText.document(), code, message, Map.of(), "/", id).bytes();
  }

  /** What the client gets to know of a fault of ours. */
  static S3Exception ofFault() {
    return S3Error.INTERNAL_ERROR.exception();
  }
}
