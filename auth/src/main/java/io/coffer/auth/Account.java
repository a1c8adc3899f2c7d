package io.coffer.auth;

/**
 * An account: it owns buckets, as in AWS.
 *
 * @param id 12 digits
 * @param name how people call it
 * @param displayName what listings show as the owner's name
 * @param email may be empty
 * @param canonicalId what listings show as the owner's id
 */
public record Account(
    String id, String name, String displayName, String email, String canonicalId) {}
