package io.coffer.service.acl;

import java.util.Optional;

/** The groups that an ACL can grant something to. Source: S3 User Guide, "ACL overview". */
public enum AclGroup {
  /** Everybody, signed or not. */
  ALL_USERS("http://acs.amazonaws.com/groups/global/AllUsers"),
  /** Whoever signed, of whichever account. */
  AUTHENTICATED_USERS("http://acs.amazonaws.com/groups/global/AuthenticatedUsers"),
  /** What writes the server access logs of other buckets. */
  LOG_DELIVERY("http://acs.amazonaws.com/groups/s3/LogDelivery");

  private final String uri;

  AclGroup(String uri) {
    this.uri = uri;
  }

  /** Its name in ACLs. */
  public String uri() {
    return uri;
  }

  /** The group with a name, or empty. */
  public static Optional<AclGroup> of(String uri) {
    for (var group : values()) {
      if (group.uri.equals(uri)) {
        return Optional.of(group);
      }
    }
    return Optional.empty();
  }
}
