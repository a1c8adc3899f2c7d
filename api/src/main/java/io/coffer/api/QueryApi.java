package io.coffer.api;

import static io.coffer.model.CommonError.INTERNAL_FAILURE;
import static io.coffer.model.CommonError.MISSING_AUTHENTICATION_TOKEN;
import static io.coffer.model.CommonError.NOT_IMPLEMENTED;

import io.coffer.auth.Caller;
import io.coffer.auth.SigningService;
import io.coffer.model.Headers;
import io.coffer.model.QueryException;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Exception;
import io.coffer.model.Target;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * IAM and STS at the endpoint of S3: authenticate, bind a form, run, answer, and their own shape of
 * errors. Thread-safe.
 */
final class QueryApi {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final Admission admission;
  private final QueryOperations operations;

  QueryApi(Admission admission, QueryOperations operations) {
    this.admission = admission;
    this.operations = operations;
  }

  /**
   * The service that a request asks instead of S3: the one that it is signed for. What is not
   * signed can only be meant for STS.
   *
   * @return null for S3
   * @throws S3Exception a signature in the query is malformed
   */
  static @Nullable QueryService service(RequestHead head, Address address, QueryString query) {
    boolean isPost = head.method().equals("POST");
    boolean isGet = head.method().equals("GET") && query.contains("Action");
    if (address.target() != Target.SERVICE || !(isPost || isGet)) {
      return null;
    }
    var announced = SigningService.announced(head);
    if (announced != null) {
      return switch (announced) {
        case S3 -> null;
        case IAM -> QueryService.IAM;
        case STS -> QueryService.STS;
      };
    }
    boolean isSigned =
        head.headers().contains("Authorization") || query.contains("X-Amz-Credential");
    boolean isQuery = isPost ? isForm(head, query) : query.contains("Version");
    return isQuery && !isSigned ? QueryService.STS : null;
  }

  private static boolean isForm(RequestHead head, QueryString query) {
    var type = head.headers().first("Content-Type");
    return query.contains("Action")
        || (type != null && FieldParameters.parse(type).value().equals(FORM));
  }

  /**
   * Answers, come what may.
   *
   * @throws IOException the client went away
   */
  Response answer(Call call, QueryService service, boolean trustedPeer) throws IOException {
    try {
      return run(call, service, trustedPeer);
    } catch (QueryException e) {
      return refused(call, service, e, Headers.empty());
    } catch (S3Exception e) {
      return refused(call, service, QueryFailures.of(e), e.headers());
    } catch (RuntimeException | Error e) {
      var message = S3Api.faulty(call, e).error().message();
      return refused(call, service, INTERNAL_FAILURE.exception(message), Headers.empty());
    }
  }

  private static Response refused(
      Call call, QueryService service, QueryException refusal, Headers headers) {
    call.failed(refusal.error().code());
    return QueryAnswer.of(service, refusal, headers.first("Retry-After"), call.id());
  }

  private Response run(Call call, QueryService service, boolean trustedPeer) throws IOException {
    var body = new QueryBody(call.body());
    call.asks(service.signing().scopeName());
    call.slot().enter();
    var caller = admission.authenticateQuery(call, trustedPeer, service.signing(), body);
    var form = QueryForm.parse(call.head().query(), body.bytes());
    if (caller instanceof Caller.Anonymous) {
      requireUnsigned(service, form);
    }
    var operation = service.require(form);
    call.means(operation.modelName());
    if (!operations.supports(operation)) {
      throw NOT_IMPLEMENTED.exception(operation.modelName() + " is not implemented.");
    }
    var request = QueryBinder.bind(operation, form);
    var output = operations.call(operation, request, call.context(caller));
    return QueryAnswer.of(service, operation, output, call.id());
  }

  private static void requireUnsigned(QueryService service, QueryForm form) {
    var operation = service.find(form);
    if (operation == null || operation.signed()) {
      throw MISSING_AUTHENTICATION_TOKEN.exception("Request is missing Authentication Token");
    }
  }
}
