package io.coffer.service;

import io.coffer.auth.Caller;

/**
 * What a handler may know of a request beside its members.
 *
 * @param caller who asks
 * @param requestId the id in the answer and in the log
 * @param circumstances how the request came, for the conditions of policies
 */
public record Context(Caller caller, String requestId, Circumstances circumstances) {
  /** What the server does by itself. */
  public Context(Caller caller, String requestId) {
    this(caller, requestId, Circumstances.local());
  }
}
