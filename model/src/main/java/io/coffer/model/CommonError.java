package io.coffer.model;

/**
 * The errors that IAM and STS have in common with all services that are asked by forms. Source: IAM
 * API Reference, "Common Errors", and what the services answer.
 */
public enum CommonError implements QueryError {
  ACCESS_DENIED("AccessDenied", 403),
  EXPIRED_TOKEN("ExpiredToken", 403),
  INCOMPLETE_SIGNATURE("IncompleteSignature", 400),
  INTERNAL_FAILURE("InternalFailure", 500),
  INVALID_ACTION("InvalidAction", 400),
  INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403),
  INVALID_PARAMETER_VALUE("InvalidParameterValue", 400),
  MALFORMED_INPUT("MalformedInput", 400),
  MALFORMED_QUERY_STRING("MalformedQueryString", 404),
  MISSING_ACTION("MissingAction", 400),
  MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403),
  NOT_IMPLEMENTED("NotImplemented", 501),
  REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLarge", 413),
  REQUEST_EXPIRED("RequestExpired", 400),
  SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
  SIGNATURE_DOES_NOT_MATCH("SignatureDoesNotMatch", 403),
  THROTTLING("Throttling", 400),
  VALIDATION_ERROR("ValidationError", 400);

  private final String code;
  private final int status;

  CommonError(String code, int status) {
    this.code = code;
    this.status = status;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public boolean isOfSender() {
    return status < 500;
  }
}
