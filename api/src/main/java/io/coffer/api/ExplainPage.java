package io.coffer.api;

import io.coffer.service.Context;

/** What stands behind {@code POST /-/explain}. Thread-safe. */
@FunctionalInterface
public interface ExplainPage {
  /** The most bytes of a question. */
  int MAX_BYTES = 64 << 10;

  /**
   * Answers a question, both in JSON.
   *
   * @param context of who asks; it need not be anybody
   * @throws io.coffer.model.S3Exception AccessDenied; InvalidArgument, with what is wrong with the
   *     question
   */
  byte[] answer(byte[] question, Context context);
}
