package io.coffer.api;

import static io.coffer.model.CommonError.EXPIRED_TOKEN;
import static io.coffer.model.CommonError.INCOMPLETE_SIGNATURE;
import static io.coffer.model.CommonError.INTERNAL_FAILURE;
import static io.coffer.model.CommonError.INVALID_CLIENT_TOKEN_ID;
import static io.coffer.model.CommonError.MALFORMED_QUERY_STRING;
import static io.coffer.model.CommonError.NOT_IMPLEMENTED;
import static io.coffer.model.CommonError.REQUEST_ENTITY_TOO_LARGE;
import static io.coffer.model.CommonError.SERVICE_UNAVAILABLE;
import static io.coffer.model.CommonError.SIGNATURE_DOES_NOT_MATCH;
import static io.coffer.model.CommonError.THROTTLING;

import io.coffer.model.QueryError;
import io.coffer.model.QueryException;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;

/** How IAM and STS call what the layers below refuse with S3's errors. */
final class QueryFailures {
  /** One that has the same code for all services, such as AccessDenied. */
  private record Same(S3Error error) implements QueryError {
    @Override
    public String code() {
      return error.code();
    }

    @Override
    public int status() {
      return error.status();
    }

    @Override
    public boolean isOfSender() {
      return error.status() < 500;
    }
  }

  private QueryFailures() {}

  static QueryException of(S3Exception refusal) {
    var message = String.valueOf(refusal.getMessage());
    return switch (refusal.error()) {
      case INVALID_ACCESS_KEY_ID, INVALID_TOKEN ->
          INVALID_CLIENT_TOKEN_ID.exception(
              "The security token included in the request is invalid.");
      case EXPIRED_TOKEN ->
          EXPIRED_TOKEN.exception("The security token included in the request is expired");
      case SIGNATURE_DOES_NOT_MATCH ->
          SIGNATURE_DOES_NOT_MATCH.exception(
              "The request signature we calculated does not match the signature you provided. Check"
                  + " your AWS Secret Access Key and signing method. Consult the service"
                  + " documentation for details.");
      case AUTHORIZATION_HEADER_MALFORMED,
          AUTHORIZATION_QUERY_PARAMETERS_ERROR,
          INVALID_ARGUMENT,
          INVALID_REQUEST ->
          INCOMPLETE_SIGNATURE.exception(message);
      case SLOW_DOWN -> THROTTLING.exception("Rate exceeded");
      case INVALID_URI -> MALFORMED_QUERY_STRING.exception(message);
      case MAX_MESSAGE_LENGTH_EXCEEDED -> REQUEST_ENTITY_TOO_LARGE.exception(message);
      default -> ofStatus(refusal.error(), message);
    };
  }

  private static QueryException ofStatus(S3Error error, String message) {
    return switch (error.status()) {
      case 500 -> INTERNAL_FAILURE.exception(message);
      case 501 -> NOT_IMPLEMENTED.exception(message);
      case 503, 507 -> SERVICE_UNAVAILABLE.exception(message);
      default -> new Same(error).exception(message);
    };
  }
}
