package io.coffer.service.iam;

import io.coffer.model.iam.EntityType;
import io.coffer.model.iam.GetAccountAuthorizationDetailsRequest;
import io.coffer.model.iam.GetAccountAuthorizationDetailsResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Entity;
import io.coffer.service.identity.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * GetAccountAuthorizationDetails: users, groups, roles and policies, in this order, those of AWS
 * that the account uses last.
 */
final class GetAccountAuthorizationDetails
    implements Handler<
        GetAccountAuthorizationDetailsRequest, GetAccountAuthorizationDetailsResponse> {
  private final Entities entities;
  private final Access access;
  private final TrustPolicies trusts;

  GetAccountAuthorizationDetails(Entities entities, Access access, TrustPolicies trusts) {
    this.entities = entities;
    this.access = access;
    this.trusts = trusts;
  }

  /**
   * Something to be told.
   *
   * @param position the number of its section, and its name
   */
  private record Item(String position, Consumer<AuthorizationDetails> add) {}

  @Override
  public GetAccountAuthorizationDetailsResponse handle(
      GetAccountAuthorizationDetailsRequest request, Context context) {
    access.require(
        context, "iam:GetAccountAuthorizationDetails", "*", context.circumstances().values());
    var all = all(OwnAccount.id(context), request.filter(), Paging.position(request.marker()));
    var page = Paging.of(all, Item::position, request.maxItems());
    var details = new AuthorizationDetails(entities, trusts);
    page.items().forEach(item -> item.add().accept(details));
    return GetAccountAuthorizationDetailsResponse.builder()
        .userDetailList(details.users)
        .groupDetailList(details.groups)
        .roleDetailList(details.roles)
        .policies(details.policies)
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private Stream<Item> all(
      String account, @Nullable List<EntityType> filter, @Nullable String after) {
    var sections = Stream.<Stream<Item>>builder();
    if (isWanted(filter, EntityType.USER)) {
      sections.add(section("1", Kind.USER, account, after, AuthorizationDetails::add));
    }
    if (isWanted(filter, EntityType.GROUP)) {
      sections.add(section("2", Kind.GROUP, account, after, AuthorizationDetails::add));
    }
    if (isWanted(filter, EntityType.ROLE)) {
      sections.add(section("3", Kind.ROLE, account, after, AuthorizationDetails::add));
    }
    if (isWanted(filter, EntityType.LOCAL_MANAGED_POLICY)) {
      sections.add(section("4", Kind.POLICY, account, after, AuthorizationDetails::add));
    }
    if (isWanted(filter, EntityType.AWS_MANAGED_POLICY)) {
      sections.add(ofAws("5", account, after));
    }
    return sections.build().flatMap(section -> section);
  }

  private static boolean isWanted(@Nullable List<EntityType> filter, EntityType type) {
    return filter == null || filter.isEmpty() || filter.contains(type);
  }

  private <T extends Entity> Stream<Item> section(
      String number,
      Kind<T> kind,
      String account,
      @Nullable String after,
      BiConsumer<AuthorizationDetails, T> add) {
    if (after != null && after.substring(0, 1).compareTo(number) > 0) {
      return Stream.empty();
    }
    var name = after != null && after.startsWith(number) ? after.substring(1) : null;
    return entities
        .list(kind, account, name)
        .map(
            found ->
                new Item(
                    number + found.value().name(), details -> add.accept(details, found.value())));
  }

  private Stream<Item> ofAws(String number, String account, @Nullable String after) {
    var uses = PolicyUses.in(entities, account);
    return Arrays.stream(AwsPolicy.values())
        .filter(policy -> uses.of(policy).attachments() + uses.of(policy).boundaries() > 0)
        .map(
            policy ->
                new Item(
                    number + policy.policyName(), details -> details.add(policy, uses.of(policy))))
        .filter(item -> after == null || item.position().compareTo(after) > 0);
  }
}
