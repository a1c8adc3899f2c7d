package io.coffer.service.iam;

import io.coffer.model.iam.AttachedPermissionsBoundary;
import io.coffer.model.iam.AttachedPolicy;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.PermissionsBoundaryAttachmentType;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Edit;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.ManagedPolicies;
import org.jspecify.annotations.Nullable;

/**
 * Attaches managed policies to users, groups and roles, and sets them as boundaries. How often a
 * policy is used is counted in the same change, so that no policy that is in use is ever deleted. A
 * change may attach or detach one policy only once. Thread-safe.
 */
final class Attachments {
  /** Source: IAM User Guide, "IAM and AWS STS quotas": for users, groups and roles alike. */
  private static final int MOST = 10;

  private final Entities entities;

  Attachments(Entities entities) {
    this.entities = entities;
  }

  /**
   * With a policy attached; the same when it is already.
   *
   * @param quota as AWS names it: PoliciesPerUser, PoliciesPerGroup, PoliciesPerRole
   * @throws io.coffer.model.QueryException NoSuchEntity, LimitExceeded
   */
  Grants attach(Edit edit, String account, Grants grants, String arn, String quota) {
    if (grants.attached().contains(arn)) {
      return grants;
    }
    require(account, arn, "Policy " + arn + " does not exist or is not attachable.");
    if (grants.attached().size() >= MOST) {
      throw IamError.LIMIT_EXCEEDED.exception("Cannot exceed quota for " + quota + ": " + MOST);
    }
    count(edit, account, arn, 1, 0);
    return grants.withAttached(arn);
  }

  /**
   * Without a policy.
   *
   * @throws io.coffer.model.QueryException NoSuchEntity: it was not attached
   */
  Grants detach(Edit edit, String account, Grants grants, String arn) {
    if (!grants.attached().contains(arn)) {
      throw IamError.NO_SUCH_ENTITY.exception("Policy " + arn + " was not found.");
    }
    count(edit, account, arn, -1, 0);
    return grants.withoutAttached(arn);
  }

  /**
   * Counts a new boundary in the place of an old one; null for none.
   *
   * @throws io.coffer.model.QueryException NoSuchEntity: there is no such policy
   */
  void bound(Edit edit, String account, @Nullable String old, @Nullable String wanted) {
    if (wanted != null) {
      require(account, wanted, "Scope ARN: " + wanted + " does not exist or is not attachable.");
    }
    if (wanted != null && !wanted.equals(old)) {
      count(edit, account, wanted, 0, 1);
    }
    if (old != null && !old.equals(wanted)) {
      count(edit, account, old, 0, -1);
    }
  }

  /** The policies of a user, group or role whose paths have a prefix; null for all. */
  static Paging<AttachedPolicy> page(
      Grants grants,
      @Nullable String pathPrefix,
      @Nullable String marker,
      @Nullable Integer maxItems) {
    var matching =
        grants.attached().stream()
            .filter(arn -> pathPrefix == null || path(arn).startsWith(pathPrefix))
            .toList();
    var page = Paging.of(matching, arn -> arn, marker, maxItems);
    return new Paging<>(page.map(Attachments::attached), page.truncated(), page.marker());
  }

  /** A policy as lists of attached ones have it. */
  static AttachedPolicy attached(String arn) {
    return AttachedPolicy.builder()
        .policyArn(arn)
        .policyName(ManagedPolicies.name(arn).orElse(arn))
        .build();
  }

  /** A boundary as answers have it; null for none. */
  static @Nullable AttachedPermissionsBoundary boundary(@Nullable String arn) {
    return arn == null
        ? null
        : AttachedPermissionsBoundary.builder()
            .permissionsBoundaryType(PermissionsBoundaryAttachmentType.PERMISSIONS_BOUNDARY_POLICY)
            .permissionsBoundaryArn(arn)
            .build();
  }

  private static String path(String arn) {
    int start = arn.indexOf(":policy/") + ":policy".length();
    return arn.substring(start, arn.lastIndexOf('/') + 1);
  }

  private void require(String account, String arn, String message) {
    if (ManagedPolicies.document(entities, account, arn).isEmpty()) {
      throw IamError.NO_SUCH_ENTITY.exception(message);
    }
  }

  private void count(Edit edit, String account, String arn, int attachments, int boundaries) {
    if (AwsPolicy.find(arn).isEmpty()) {
      ManagedPolicies.find(entities, account, arn)
          .ifPresent(
              found ->
                  edit.replace(Kind.POLICY, found, found.value().used(attachments, boundaries)));
    }
  }
}
