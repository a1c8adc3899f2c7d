package io.coffer.service.iam;

import static java.util.Objects.requireNonNull;

import io.coffer.model.iam.CreateAccountAliasRequest;
import io.coffer.model.iam.CreateAccountAliasResponse;
import io.coffer.model.iam.DeleteAccountAliasRequest;
import io.coffer.model.iam.DeleteAccountAliasResponse;
import io.coffer.model.iam.GetAccountSummaryRequest;
import io.coffer.model.iam.GetAccountSummaryResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListAccountAliasesRequest;
import io.coffer.model.iam.ListAccountAliasesResponse;
import io.coffer.model.iam.SummaryKeyType;
import io.coffer.service.Accounts;
import io.coffer.service.Context;
import io.coffer.service.Subjects;
import io.coffer.service.identity.Kind;
import io.coffer.service.identity.ManagedPolicy;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** GetAccountSummary, CreateAccountAlias, DeleteAccountAlias, ListAccountAliases. */
final class OfAccount {
  private final Subjects s;

  OfAccount(Subjects s) {
    this.s = s;
  }

  private Accounts.Stored require(Context context, String action) {
    s.access().require(context, action, "*", Answers.values(context));
    return s.accounts().stored(OwnAccount.id(context)).orElseThrow();
  }

  CreateAccountAliasResponse createAlias(CreateAccountAliasRequest request, Context context) {
    var alias = requireNonNull(request.accountAlias());
    return s.entities()
        .edit(
            edit -> {
              var account = require(context, "iam:CreateAccountAlias");
              if (!s.accounts().withAlias(edit, account, alias)) {
                throw IamError.ENTITY_ALREADY_EXISTS.exception(
                    "The account alias " + alias + " already exists.");
              }
              return CreateAccountAliasResponse.builder().build();
            });
  }

  DeleteAccountAliasResponse deleteAlias(DeleteAccountAliasRequest request, Context context) {
    var alias = requireNonNull(request.accountAlias());
    return s.entities()
        .edit(
            edit -> {
              var account = require(context, "iam:DeleteAccountAlias");
              if (!alias.equals(account.value().alias())) {
                throw IamError.NO_SUCH_ENTITY.exception(
                    "The account alias " + alias + " cannot be found.");
              }
              s.accounts().withAlias(edit, account, null);
              return DeleteAccountAliasResponse.builder().build();
            });
  }

  ListAccountAliasesResponse listAliases(ListAccountAliasesRequest request, Context context) {
    var alias = require(context, "iam:ListAccountAliases").value().alias();
    return ListAccountAliasesResponse.builder()
        .accountAliases(alias == null ? List.of() : List.of(alias))
        .isTruncated(false)
        .build();
  }

  /** What there is, and AWS's quotas: those that are kept here. */
  GetAccountSummaryResponse summary(GetAccountSummaryRequest request, Context context) {
    var account = require(context, "iam:GetAccountSummary");
    var map = new TreeMap<String, Integer>();
    var id = account.value().account().id();
    put(map, SummaryKeyType.USERS, s.entities().list(Kind.USER, id, null).count());
    put(map, SummaryKeyType.GROUPS, s.entities().list(Kind.GROUP, id, null).count());
    put(map, SummaryKeyType.ROLES, s.entities().list(Kind.ROLE, id, null).count());
    put(map, SummaryKeyType.PROVIDERS, s.entities().list(Kind.OIDC_PROVIDER, id, null).count());
    var policies = s.entities().list(Kind.POLICY, id, null).map(each -> each.value()).toList();
    put(map, SummaryKeyType.POLICIES, policies.size());
    long versions = policies.stream().map(ManagedPolicy::versions).mapToLong(List::size).sum();
    put(map, SummaryKeyType.POLICY_VERSIONS_IN_USE, versions);
    put(map, SummaryKeyType.ACCOUNT_ACCESS_KEYS_PRESENT, account.rootKeys().isEmpty() ? 0 : 1);
    putQuotas(map);
    return GetAccountSummaryResponse.builder().summaryMap(map).build();
  }

  /** Source: IAM User Guide, "IAM and AWS STS quotas". */
  private static void putQuotas(Map<String, Integer> map) {
    put(map, SummaryKeyType.USERS_QUOTA, 5_000);
    put(map, SummaryKeyType.GROUPS_QUOTA, 300);
    put(map, SummaryKeyType.ROLES_QUOTA, 1_000);
    put(map, SummaryKeyType.POLICIES_QUOTA, 1_500);
    put(map, SummaryKeyType.POLICY_VERSIONS_IN_USE_QUOTA, 10_000);
    put(map, SummaryKeyType.ACCESS_KEYS_PER_USER_QUOTA, 2);
    put(map, SummaryKeyType.GROUPS_PER_USER_QUOTA, 10);
    put(map, SummaryKeyType.ATTACHED_POLICIES_PER_USER_QUOTA, 10);
    put(map, SummaryKeyType.ATTACHED_POLICIES_PER_GROUP_QUOTA, 10);
    put(map, SummaryKeyType.ATTACHED_POLICIES_PER_ROLE_QUOTA, 10);
    put(map, SummaryKeyType.VERSIONS_PER_POLICY_QUOTA, 5);
    put(map, SummaryKeyType.POLICY_SIZE_QUOTA, PolicyTexts.MANAGED);
    put(map, SummaryKeyType.USER_POLICY_SIZE_QUOTA, PolicyTexts.INLINE_OF_USER);
    put(map, SummaryKeyType.GROUP_POLICY_SIZE_QUOTA, PolicyTexts.INLINE_OF_GROUP);
    put(map, SummaryKeyType.ROLE_POLICY_SIZE_QUOTA, PolicyTexts.INLINE_OF_ROLE);
    put(map, SummaryKeyType.ASSUME_ROLE_POLICY_SIZE_QUOTA, PolicyTexts.TRUST);
    put(map, SummaryKeyType.ACCOUNT_MFA_ENABLED, 0);
    put(map, SummaryKeyType.ACCOUNT_PASSWORD_PRESENT, 0);
    put(map, SummaryKeyType.ACCOUNT_SIGNING_CERTIFICATES_PRESENT, 0);
    put(map, SummaryKeyType.MFA_DEVICES, 0);
    put(map, SummaryKeyType.MFA_DEVICES_IN_USE, 0);
    put(map, SummaryKeyType.SERVER_CERTIFICATES, 0);
    put(map, SummaryKeyType.INSTANCE_PROFILES, 0);
    put(map, SummaryKeyType.GLOBAL_ENDPOINT_TOKEN_VERSION, 1);
  }

  private static void put(Map<String, Integer> map, SummaryKeyType key, long value) {
    map.put(key.wire(), (int) Math.min(value, Integer.MAX_VALUE));
  }
}
