package io.coffer.api;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Writes the answers of IAM and STS. Source: IAM API Reference and STS API Reference, "Common
 * Errors", and the sample responses of the actions.
 */
final class QueryAnswer {
  private static final String XML = "text/xml";

  private QueryAnswer() {}

  /**
   * The answer to a request that succeeded.
   *
   * @param output a record of the operation's output
   */
  static Response of(QueryService service, QueryOperation operation, Object output, RequestId id) {
    var response = operation.modelName() + "Response";
    var out = XmlText.document().root(response, service.namespace());
    var result = operation.result();
    if (result != null) {
      out.start(result);
      members(out, operation.output(), output);
      out.end(result);
    }
    out.start("ResponseMetadata").element("RequestId", id.id()).end("ResponseMetadata");
    return new Response(200, headers(id).build(), out.end(response).body());
  }

  private static <R> void members(XmlText out, Shape<R> shape, Object output) {
    @SuppressWarnings("unchecked") // operations answer with records of their output
    R record = (R) output;
    XmlWriter.content(out, shape, record);
  }

  /**
   * The answer to a request that was refused.
   *
   * @param retryAfter seconds; null when that is not known
   */
  static Response of(
      QueryService service, QueryException refusal, @Nullable String retryAfter, RequestId id) {
    var error = refusal.error();
    var message = refusal.getMessage();
    var out =
        XmlText.document()
            .root("ErrorResponse", service.namespace())
            .start("Error")
            .element("Type", error.isOfSender() ? "Sender" : "Receiver")
            .element("Code", error.code())
            .element("Message", ErrorResponse.printable(message == null ? "" : message))
            .end("Error")
            .element("RequestId", id.id())
            .end("ErrorResponse");
    var headers = headers(id);
    if (retryAfter != null) {
      headers.add("Retry-After", retryAfter);
    } else if (error.status() == 503) {
      headers.add("Retry-After", "1");
    }
    return new Response(error.status(), headers.build(), Body.of(out.bytes()));
  }

  private static Headers.Builder headers(RequestId id) {
    return Headers.builder().add("x-amzn-RequestId", id.id()).add("Content-Type", XML);
  }
}
