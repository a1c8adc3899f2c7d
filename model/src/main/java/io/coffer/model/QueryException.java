package io.coffer.model;

/**
 * A request to IAM or STS that cannot be answered with what it asked for. It has no stack trace,
 * since it is an answer and not a fault.
 */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient QueryError error;

  QueryException(QueryError error, String message) {
    super(message, null, false, false);
    this.error = error;
  }

  public QueryError error() {
    return error;
  }
}
