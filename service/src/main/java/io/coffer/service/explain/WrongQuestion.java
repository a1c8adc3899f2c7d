package io.coffer.service.explain;

/** What cannot be explained: no request is like that. The message says what to ask instead. */
public final class WrongQuestion extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public WrongQuestion(String message) {
    super(message);
  }

  /** Such a text where an ARN has to be. */
  static WrongQuestion arn(String text, String wanted) {
    return new WrongQuestion("'%s' is no ARN of this kind: %s.".formatted(text, wanted));
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
