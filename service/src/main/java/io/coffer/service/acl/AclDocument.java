package io.coffer.service.acl;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.AccessControlPolicy;
import io.coffer.model.s3.Grant;
import io.coffer.model.s3.Grantee;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ACLs as documents. Source: S3 API Reference, "AccessControlPolicy". */
final class AclDocument {
  private AclDocument() {}

  /**
   * The grants of a document.
   *
   * @param owner canonical id of the owner, whom a document must name and cannot change
   * @throws S3Exception MalformedACLError, AccessDenied for another owner
   */
  static List<NamedGrant> read(AccessControlPolicy document, String owner) {
    var named = document.owner();
    if (named == null || named.id() == null || document.grants() == null) {
      throw S3Error.MALFORMED_ACL.exception();
    }
    if (!named.id().equals(owner)) {
      throw S3Error.ACCESS_DENIED.exception();
    }
    if (document.grants().size() > Acl.MAX_GRANTS) {
      throw Acl.tooMany();
    }
    var grants = new ArrayList<NamedGrant>();
    for (var grant : document.grants()) {
      grants.add(read(grant));
    }
    return grants;
  }

  private static NamedGrant read(Grant grant) {
    var grantee = grant.grantee();
    var permission = grant.permission();
    if (grantee == null || permission == null) {
      throw S3Error.MALFORMED_ACL.exception();
    }
    var kind = kind(grantee);
    var value =
        switch (kind) {
          case ID -> grantee.id();
          case EMAIL -> grantee.emailAddress();
          case URI -> grantee.uri();
        };
    return new NamedGrant(kind, given(value), permission);
  }

  private static NamedGrant.Kind kind(Grantee grantee) {
    var type = grantee.type();
    if (type == null) {
      throw S3Error.MALFORMED_ACL.exception();
    }
    return switch (type) {
      case CANONICAL_USER -> NamedGrant.Kind.ID;
      case AMAZON_CUSTOMER_BY_EMAIL -> NamedGrant.Kind.EMAIL;
      case GROUP -> NamedGrant.Kind.URI;
    };
  }

  private static String given(@Nullable String text) {
    if (text == null) {
      throw S3Error.MALFORMED_ACL.exception();
    }
    return text.strip();
  }
}
