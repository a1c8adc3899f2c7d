package io.coffer.api;

import static io.coffer.model.S3Error.ACCESS_DENIED;
import static io.coffer.model.S3Error.METHOD_NOT_ALLOWED;
import static io.coffer.model.S3Error.NO_SUCH_KEY;

import io.coffer.auth.Authentication;
import io.coffer.auth.Caller;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import java.io.IOException;

/**
 * {@code POST /-/explain}: why somebody may do something, or not. It is signed for S3 like any
 * request. Thread-safe.
 */
final class ExplainPath {
  /** What logs call it. */
  static final String NAME = "Explain";

  private final Operations operations;

  ExplainPath(Operations operations) {
    this.operations = operations;
  }

  static boolean isOne(Address address) {
    return HealthPaths.isOne(address) && "explain".equals(address.key());
  }

  /**
   * Refuses what is no question, before anybody looks whose it is.
   *
   * @throws io.coffer.model.S3Exception MethodNotAllowed
   */
  static void requirePost(String method) {
    if (!method.equals("POST")) {
      throw METHOD_NOT_ALLOWED.exception().withHeader("Allow", "POST");
    }
  }

  /**
   * Answers.
   *
   * @throws io.coffer.model.S3Exception as {@link ExplainPage#answer}; AccessDenied for nobody;
   *     NoSuchKey where there is no such page; MaxMessageLengthExceeded
   * @throws IOException the client went away
   */
  Response answer(Call call, Authentication authentication) throws IOException {
    var page = operations.explainPage();
    if (page == null) {
      throw NO_SUCH_KEY.exception();
    }
    if (authentication.caller() instanceof Caller.Anonymous) {
      throw ACCESS_DENIED.exception();
    }
    var context = call.context(authentication.caller(), authentication.signature());
    var body = authentication.payload().open(call.body());
    var answer = page.answer(Documents.read(body, ExplainPage.MAX_BYTES), context);
    var headers = Headers.builder().add("Content-Type", "application/json").build();
    return new Response(200, headers, Body.of(answer));
  }
}
