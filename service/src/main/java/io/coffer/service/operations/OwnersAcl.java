package io.coffer.service.operations;

import io.coffer.model.s3.Grant;
import io.coffer.model.s3.Grantee;
import io.coffer.model.s3.Owner;
import io.coffer.model.s3.Permission;
import io.coffer.model.s3.Type;
import java.util.List;

/** The ACL that everything has while the owner of a bucket owns every object in it. */
final class OwnersAcl {
  private OwnersAcl() {}

  static List<Grant> of(Owner owner) {
    var grantee =
        Grantee.builder()
            .type(Type.CANONICAL_USER)
            .id(owner.id())
            .displayName(owner.displayName())
            .build();
    return List.of(Grant.builder().grantee(grantee).permission(Permission.FULL_CONTROL).build());
  }
}
