package io.coffer.service;

import io.coffer.auth.policy.NamedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a bucket, as its documents say.
 *
 * @param policy null for none
 * @param isPublic whether that policy is
 * @param block its own public access block; what the account blocks is not in it
 */
record AccessRules(@Nullable NamedPolicy policy, boolean isPublic, PublicAccessBlock block) {}
