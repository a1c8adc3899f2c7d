package io.coffer.service.explain;

import io.coffer.auth.Caller;
import org.jspecify.annotations.Nullable;

/**
 * Whom a question is about.
 *
 * @param caller as if it had signed
 * @param arn what requests of its are called in logs
 * @param entity ARN of the root, user or role itself; null for nobody
 * @param note a sentence about it; null for none
 */
record Asker(Caller caller, String arn, @Nullable String entity, @Nullable String note) {}
