package io.coffer.service.acl;

import io.coffer.model.s3.Permission;

/**
 * A grant as a client names it, before anybody has looked whether the grantee exists.
 *
 * @param kind what {@code value} is
 */
record NamedGrant(Kind kind, String value, Permission permission) {
  /** How a grantee is named. */
  enum Kind {
    ID("id", "CanonicalUser/ID"),
    EMAIL("emailAddress", "AmazonCustomerByEmail/EmailAddress"),
    URI("uri", "Group/URI");

    private final String inHeaders;
    private final String inDocuments;

    Kind(String inHeaders, String inDocuments) {
      this.inHeaders = inHeaders;
      this.inDocuments = inDocuments;
    }

    /** As in {@code x-amz-grant-read: id="…"}. */
    String inHeaders() {
      return inHeaders;
    }

    /** Which elements of an AccessControlPolicy. */
    String inDocuments() {
      return inDocuments;
    }
  }
}
