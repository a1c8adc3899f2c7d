package io.coffer.service;

import java.io.IOException;

/**
 * One operation of S3: its rules, from request to response. Thread-safe; blocks.
 *
 * @param <I> the request, from the model
 * @param <O> the response, from the model
 */
public interface Handler<I, O> {
  /**
   * Runs the operation.
   *
   * @throws io.coffer.model.S3Exception the operation is refused
   * @throws IOException the client went away while it sent the body
   */
  O handle(I request, Context context) throws IOException;
}
