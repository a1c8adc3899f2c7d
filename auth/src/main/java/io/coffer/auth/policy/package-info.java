/** The policy language of AWS and its evaluation; pure functions. Start at {@code Evaluator}. */
package io.coffer.auth.policy;
