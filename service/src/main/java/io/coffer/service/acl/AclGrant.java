package io.coffer.service.acl;

import io.coffer.model.s3.Permission;

/** One line of an ACL. */
public record AclGrant(AclGrantee grantee, Permission permission) {
  static AclGrant to(String canonicalId, Permission permission) {
    return new AclGrant(new AclGrantee.Canonical(canonicalId), permission);
  }

  static AclGrant to(AclGroup group, Permission permission) {
    return new AclGrant(new AclGrantee.Group(group), permission);
  }
}
