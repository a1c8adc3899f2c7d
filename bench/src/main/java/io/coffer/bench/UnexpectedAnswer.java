package io.coffer.bench;

/** An answer that S3 does not give to such a request. */
final class UnexpectedAnswer extends Exception {
  private static final long serialVersionUID = 1;

  UnexpectedAnswer(String message) {
    super(message);
  }
}
