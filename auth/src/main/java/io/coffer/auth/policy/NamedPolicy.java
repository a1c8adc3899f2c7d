package io.coffer.auth.policy;

/**
 * A policy and what it is called where decisions are explained.
 *
 * @param name such as "ReadOnly", "the policy of bucket photos"
 */
public record NamedPolicy(String name, Policy policy) {}
