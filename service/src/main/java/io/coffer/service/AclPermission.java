package io.coffer.service;

/**
 * What an ACL can grant. FULL_CONTROL is all of them. Source: S3 User Guide, "Access control list
 * (ACL) overview".
 */
public enum AclPermission {
  READ,
  WRITE,
  READ_ACP,
  WRITE_ACP
}
