package io.coffer.model;

/** An error of a service that is asked by forms: {@code throw NO_SUCH_ENTITY.exception("…")}. */
public interface QueryError {
  /** The code in the XML: {@code NoSuchEntity}. */
  String code();

  /** The HTTP status, 400 to 503. */
  int status();

  /** Whether the fault is the client's, which the XML calls Sender; else Receiver. */
  boolean isOfSender();

  /** This error with what has happened. */
  default QueryException exception(String message) {
    return new QueryException(this, message);
  }
}
