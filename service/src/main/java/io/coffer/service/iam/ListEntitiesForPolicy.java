package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.EntityType;
import io.coffer.model.iam.ListEntitiesForPolicyRequest;
import io.coffer.model.iam.ListEntitiesForPolicyResponse;
import io.coffer.model.iam.PolicyGroup;
import io.coffer.model.iam.PolicyRole;
import io.coffer.model.iam.PolicyUsageType;
import io.coffer.model.iam.PolicyUser;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Grants;
import io.coffer.service.identity.Group;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.Role;
import io.coffer.service.identity.Stored;
import io.coffer.service.identity.User;
import java.util.ArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ListEntitiesForPolicy: the groups, then the users, then the roles that have a policy. */
final class ListEntitiesForPolicy
    implements Handler<ListEntitiesForPolicyRequest, ListEntitiesForPolicyResponse> {
  private static final String GROUPS = "1";
  private static final String USERS = "2";
  private static final String ROLES = "3";

  private final Entities entities;
  private final PolicyGate gate;

  ListEntitiesForPolicy(Entities entities, PolicyGate gate) {
    this.entities = entities;
    this.gate = gate;
  }

  @Override
  public ListEntitiesForPolicyResponse handle(
      ListEntitiesForPolicyRequest request, Context context) {
    gate.read(context, "iam:ListEntitiesForPolicy", request.policyArn());
    var account = OwnAccount.id(context);
    var after = Paging.position(request.marker());
    var all =
        Stream.of(
                section(request, EntityType.GROUP, Kind.GROUP, account, GROUPS, after),
                section(request, EntityType.USER, Kind.USER, account, USERS, after),
                section(request, EntityType.ROLE, Kind.ROLE, account, ROLES, after))
            .flatMap(section -> section);
    var page = Paging.of(all, ListEntitiesForPolicy::position, request.maxItems());
    var groups = new ArrayList<PolicyGroup>();
    var users = new ArrayList<PolicyUser>();
    var roles = new ArrayList<PolicyRole>();
    for (var entity : page.items()) {
      switch (entity) {
        case Group g ->
            groups.add(PolicyGroup.builder().groupName(g.name()).groupId(g.id()).build());
        case User u -> users.add(PolicyUser.builder().userName(u.name()).userId(u.id()).build());
        case Role r -> roles.add(PolicyRole.builder().roleName(r.name()).roleId(r.id()).build());
        default -> {}
      }
    }
    return ListEntitiesForPolicyResponse.builder()
        .policyGroups(groups)
        .policyUsers(users)
        .policyRoles(roles)
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private <T extends Entity> Stream<Entity> section(
      ListEntitiesForPolicyRequest request,
      EntityType type,
      Kind<T> kind,
      String account,
      String section,
      @Nullable String after) {
    boolean isPast = after != null && after.substring(0, 1).compareTo(section) > 0;
    if (isPast || (request.entityFilter() != null && request.entityFilter() != type)) {
      return Stream.empty();
    }
    var name = after != null && after.startsWith(section) ? after.substring(1) : null;
    return entities
        .list(kind, account, name)
        .map(Stored::value)
        .map(Entity.class::cast)
        .filter(isWanted(request));
  }

  private static Predicate<Entity> isWanted(ListEntitiesForPolicyRequest request) {
    var arn = requireNonNull(request.policyArn());
    var usage = request.policyUsageFilter();
    var prefix = request.pathPrefix();
    return entity ->
        switch (entity) {
          case User u -> uses(u.grants(), u.boundary(), arn, usage) && isIn(u.path(), prefix);
          case Role r -> uses(r.grants(), r.boundary(), arn, usage) && isIn(r.path(), prefix);
          case Group g -> uses(g.grants(), null, arn, usage) && isIn(g.path(), prefix);
          default -> false;
        };
  }

  private static boolean uses(
      Grants grants, @Nullable String boundary, String arn, @Nullable PolicyUsageType usage) {
    return (usage != PolicyUsageType.PERMISSIONS_BOUNDARY && grants.attached().contains(arn))
        || (usage != PolicyUsageType.PERMISSIONS_POLICY && arn.equals(boundary));
  }

  private static boolean isIn(String path, @Nullable String prefix) {
    return prefix == null || path.startsWith(prefix);
  }

  private static String position(Entity entity) {
    var section = entity instanceof Group ? GROUPS : entity instanceof User ? USERS : ROLES;
    return section + entity.name();
  }
}
