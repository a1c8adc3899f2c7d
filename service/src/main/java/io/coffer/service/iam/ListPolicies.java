package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.ListPoliciesRequest;
import io.coffer.model.iam.ListPoliciesResponse;
import io.coffer.model.iam.Policy;
import io.coffer.model.iam.PolicyScopeType;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AwsPolicy;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Kind;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** ListPolicies: those of the account, in the order of their names, then those of AWS. */
final class ListPolicies implements Handler<ListPoliciesRequest, ListPoliciesResponse> {
  private static final String LOCAL = "l";
  private static final String AWS = "w";

  private final Entities entities;
  private final Access access;

  ListPolicies(Entities entities, Access access) {
    this.entities = entities;
    this.access = access;
  }

  @Override
  public ListPoliciesResponse handle(ListPoliciesRequest request, Context context) {
    var account = OwnAccount.id(context);
    access.require(context, "iam:ListPolicies", "*", context.circumstances().values());
    var page =
        Paging.of(
            all(account, request.scope(), Paging.position(request.marker()))
                .filter(policy -> isWanted(policy, request)),
            ListPolicies::position,
            request.maxItems());
    return ListPoliciesResponse.builder()
        .policies(page.items())
        .isTruncated(page.truncated())
        .marker(page.marker())
        .build();
  }

  private Stream<Policy> all(
      String account, @Nullable PolicyScopeType scope, @Nullable String after) {
    var local =
        scope == PolicyScopeType.AWS || (after != null && !after.startsWith(LOCAL))
            ? Stream.<Policy>empty()
            : entities
                .list(Kind.POLICY, account, after == null ? null : after.substring(1))
                .map(stored -> PolicyAnswers.policy(stored.value()).build());
    return scope == PolicyScopeType.LOCAL ? local : Stream.concat(local, ofAws(account, after));
  }

  private Stream<Policy> ofAws(String account, @Nullable String after) {
    var uses = PolicyUses.in(entities, account);
    return Arrays.stream(AwsPolicy.values())
        .map(policy -> PolicyAnswers.policy(policy, uses.of(policy)).build())
        .filter(policy -> after == null || position(policy).compareTo(after) > 0);
  }

  private static String position(Policy policy) {
    boolean ofAws = AwsPolicy.find(requireNonNull(policy.arn())).isPresent();
    return (ofAws ? AWS : LOCAL) + policy.policyName();
  }

  private static boolean isWanted(Policy policy, ListPoliciesRequest request) {
    var prefix = request.pathPrefix();
    int attachments = requireNonNull(policy.attachmentCount());
    int boundaries = requireNonNull(policy.permissionsBoundaryUsageCount());
    boolean used =
        switch (request.policyUsageFilter()) {
          case PERMISSIONS_POLICY -> attachments > 0;
          case PERMISSIONS_BOUNDARY -> boundaries > 0;
          case null -> attachments + boundaries > 0 || !isTrue(request.onlyAttached());
        };
    return used && (prefix == null || requireNonNull(policy.path()).startsWith(prefix));
  }

  private static boolean isTrue(@Nullable Boolean flag) {
    return flag != null && flag;
  }
}
