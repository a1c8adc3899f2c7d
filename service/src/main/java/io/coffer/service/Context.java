package io.coffer.service;

import io.coffer.auth.Caller;

/**
 * What a handler may know of a request beside its members.
 *
 * @param caller who asks
 * @param requestId the id in the answer and in the log
 */
public record Context(Caller caller, String requestId) {}
