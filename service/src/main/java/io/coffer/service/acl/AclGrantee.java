package io.coffer.service.acl;

/** Whom an ACL grants something. */
public sealed interface AclGrantee {
  /**
   * An account, with all that act for it as far as its own policies let them.
   *
   * @param canonicalId of the account, never empty
   */
  record Canonical(String canonicalId) implements AclGrantee {}

  /** A group. */
  record Group(AclGroup group) implements AclGrantee {}
}
