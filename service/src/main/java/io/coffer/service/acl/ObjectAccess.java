package io.coffer.service.acl;

import org.jspecify.annotations.Nullable;

/**
 * Whose a new object is, and what its ACL says.
 *
 * @param owner the account's id
 * @param acl null for the private one
 */
public record ObjectAccess(String owner, @Nullable Acl acl) {}
