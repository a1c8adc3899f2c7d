package io.coffer.service.iam;

import io.coffer.model.QueryOperation;
import io.coffer.model.iam.Operation;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.HashMap;
import java.util.Map;

/** Which handler an operation of IAM has; what is not here is not built and answers 501. */
public final class IamOperations {
  private final Subjects s;
  private final Map<QueryOperation, Handler<?, ?>> table = new HashMap<>();

  private IamOperations(Subjects s) {
    this.s = s;
  }

  public static Map<QueryOperation, Handler<?, ?>> of(Subjects s) {
    var operations = new IamOperations(s);
    operations.table.putAll(UserTable.of(s));
    operations.addPolicies();
    operations.addRoles();
    operations.addRoleGrants();
    operations.addProviders();
    operations.addSimulation();
    return Map.copyOf(operations.table);
  }

  private <I, O> void add(Operation operation, Handler<I, O> handler) {
    table.put(operation, handler);
  }

  private void addPolicies() {
    var gate = new PolicyGate(s.entities(), s.access());
    var policies = new ManagedPolicyOperations(s, gate);
    add(Operation.CREATE_POLICY, policies::create);
    add(Operation.GET_POLICY, policies::get);
    add(Operation.DELETE_POLICY, policies::delete);
    add(Operation.LIST_POLICIES, new ListPolicies(s.entities(), s.access()));
    add(Operation.LIST_ENTITIES_FOR_POLICY, new ListEntitiesForPolicy(s.entities(), gate));
    var versions = new PolicyVersions(s, gate);
    add(Operation.CREATE_POLICY_VERSION, versions::create);
    add(Operation.GET_POLICY_VERSION, versions::get);
    add(Operation.LIST_POLICY_VERSIONS, versions::list);
    add(Operation.DELETE_POLICY_VERSION, versions::delete);
    add(Operation.SET_DEFAULT_POLICY_VERSION, versions::setDefault);
    var tags = new PolicyTags(s.entities(), gate);
    add(Operation.TAG_POLICY, tags::tag);
    add(Operation.UNTAG_POLICY, tags::untag);
    add(Operation.LIST_POLICY_TAGS, tags::list);
  }

  private void addRoles() {
    var gate = new RoleGate(s.entities(), s.access());
    var attachments = new Attachments(s.entities());
    var trusts = new TrustPolicies(s.entities(), s.accounts());
    var roles = new Roles(s, gate, attachments, trusts);
    add(Operation.CREATE_ROLE, roles::create);
    add(Operation.GET_ROLE, roles::get);
    add(Operation.LIST_ROLES, roles::list);
    add(Operation.DELETE_ROLE, roles::delete);
    add(Operation.LIST_INSTANCE_PROFILES_FOR_ROLE, roles::instanceProfiles);
    var changes = new RoleChanges(s.entities(), gate, attachments, trusts);
    add(Operation.UPDATE_ROLE, changes::update);
    add(Operation.UPDATE_ROLE_DESCRIPTION, changes::describe);
    add(Operation.UPDATE_ASSUME_ROLE_POLICY, changes::updateTrust);
    add(Operation.PUT_ROLE_PERMISSIONS_BOUNDARY, changes::putBoundary);
    add(Operation.DELETE_ROLE_PERMISSIONS_BOUNDARY, changes::deleteBoundary);
    var tags = new RoleTags(s.entities(), gate);
    add(Operation.TAG_ROLE, tags::tag);
    add(Operation.UNTAG_ROLE, tags::untag);
    add(Operation.LIST_ROLE_TAGS, tags::list);
  }

  private void addRoleGrants() {
    var gate = new RoleGate(s.entities(), s.access());
    var inline = new RolePolicies(s.entities(), gate);
    add(Operation.PUT_ROLE_POLICY, inline::put);
    add(Operation.GET_ROLE_POLICY, inline::get);
    add(Operation.DELETE_ROLE_POLICY, inline::delete);
    add(Operation.LIST_ROLE_POLICIES, inline::list);
    var attached = new RoleAttachments(s.entities(), gate, new Attachments(s.entities()));
    add(Operation.ATTACH_ROLE_POLICY, attached::attach);
    add(Operation.DETACH_ROLE_POLICY, attached::detach);
    add(Operation.LIST_ATTACHED_ROLE_POLICIES, attached::list);
  }

  private void addProviders() {
    var gate = new ProviderGate(s.entities(), s.access());
    var providers = new OidcProviders(s, gate);
    add(Operation.CREATE_OPEN_ID_CONNECT_PROVIDER, providers::create);
    add(Operation.GET_OPEN_ID_CONNECT_PROVIDER, providers::get);
    add(Operation.LIST_OPEN_ID_CONNECT_PROVIDERS, providers::list);
    add(Operation.DELETE_OPEN_ID_CONNECT_PROVIDER, providers::delete);
    var clients = new OidcClients(s.entities(), gate);
    add(Operation.ADD_CLIENT_ID_TO_OPEN_ID_CONNECT_PROVIDER, clients::add);
    add(Operation.REMOVE_CLIENT_ID_FROM_OPEN_ID_CONNECT_PROVIDER, clients::remove);
    add(Operation.UPDATE_OPEN_ID_CONNECT_PROVIDER_THUMBPRINT, clients::update);
    var tags = new OidcTags(s.entities(), gate);
    add(Operation.TAG_OPEN_ID_CONNECT_PROVIDER, tags::tag);
    add(Operation.UNTAG_OPEN_ID_CONNECT_PROVIDER, tags::untag);
    add(Operation.LIST_OPEN_ID_CONNECT_PROVIDER_TAGS, tags::list);
  }

  private void addSimulation() {
    var sources = new PolicySources(s.entities(), s.access());
    var simulations = new Simulations(s, sources);
    add(Operation.SIMULATE_CUSTOM_POLICY, simulations::custom);
    add(Operation.SIMULATE_PRINCIPAL_POLICY, simulations::principal);
    var keys = new PolicyContextKeys(s.access(), sources);
    add(Operation.GET_CONTEXT_KEYS_FOR_CUSTOM_POLICY, keys::custom);
    add(Operation.GET_CONTEXT_KEYS_FOR_PRINCIPAL_POLICY, keys::principal);
    add(
        Operation.GET_ACCOUNT_AUTHORIZATION_DETAILS,
        new GetAccountAuthorizationDetails(
            s.entities(), s.access(), new TrustPolicies(s.entities(), s.accounts())));
  }
}
