package io.coffer.service.iam;

import static io.coffer.model.iam.Operation.ADD_USER_TO_GROUP;
import static io.coffer.model.iam.Operation.ATTACH_GROUP_POLICY;
import static io.coffer.model.iam.Operation.ATTACH_USER_POLICY;
import static io.coffer.model.iam.Operation.CREATE_ACCESS_KEY;
import static io.coffer.model.iam.Operation.CREATE_ACCOUNT_ALIAS;
import static io.coffer.model.iam.Operation.CREATE_GROUP;
import static io.coffer.model.iam.Operation.CREATE_USER;
import static io.coffer.model.iam.Operation.DELETE_ACCESS_KEY;
import static io.coffer.model.iam.Operation.DELETE_ACCOUNT_ALIAS;
import static io.coffer.model.iam.Operation.DELETE_GROUP;
import static io.coffer.model.iam.Operation.DELETE_GROUP_POLICY;
import static io.coffer.model.iam.Operation.DELETE_LOGIN_PROFILE;
import static io.coffer.model.iam.Operation.DELETE_USER;
import static io.coffer.model.iam.Operation.DELETE_USER_PERMISSIONS_BOUNDARY;
import static io.coffer.model.iam.Operation.DELETE_USER_POLICY;
import static io.coffer.model.iam.Operation.DETACH_GROUP_POLICY;
import static io.coffer.model.iam.Operation.DETACH_USER_POLICY;
import static io.coffer.model.iam.Operation.GET_ACCESS_KEY_LAST_USED;
import static io.coffer.model.iam.Operation.GET_ACCOUNT_PASSWORD_POLICY;
import static io.coffer.model.iam.Operation.GET_ACCOUNT_SUMMARY;
import static io.coffer.model.iam.Operation.GET_GROUP;
import static io.coffer.model.iam.Operation.GET_GROUP_POLICY;
import static io.coffer.model.iam.Operation.GET_LOGIN_PROFILE;
import static io.coffer.model.iam.Operation.GET_USER;
import static io.coffer.model.iam.Operation.GET_USER_POLICY;
import static io.coffer.model.iam.Operation.LIST_ACCESS_KEYS;
import static io.coffer.model.iam.Operation.LIST_ACCOUNT_ALIASES;
import static io.coffer.model.iam.Operation.LIST_ATTACHED_GROUP_POLICIES;
import static io.coffer.model.iam.Operation.LIST_ATTACHED_USER_POLICIES;
import static io.coffer.model.iam.Operation.LIST_GROUPS;
import static io.coffer.model.iam.Operation.LIST_GROUPS_FOR_USER;
import static io.coffer.model.iam.Operation.LIST_GROUP_POLICIES;
import static io.coffer.model.iam.Operation.LIST_MFA_DEVICES;
import static io.coffer.model.iam.Operation.LIST_SERVICE_SPECIFIC_CREDENTIALS;
import static io.coffer.model.iam.Operation.LIST_SIGNING_CERTIFICATES;
import static io.coffer.model.iam.Operation.LIST_SSH_PUBLIC_KEYS;
import static io.coffer.model.iam.Operation.LIST_USERS;
import static io.coffer.model.iam.Operation.LIST_USER_POLICIES;
import static io.coffer.model.iam.Operation.LIST_USER_TAGS;
import static io.coffer.model.iam.Operation.LIST_VIRTUAL_MFA_DEVICES;
import static io.coffer.model.iam.Operation.PUT_GROUP_POLICY;
import static io.coffer.model.iam.Operation.PUT_USER_PERMISSIONS_BOUNDARY;
import static io.coffer.model.iam.Operation.PUT_USER_POLICY;
import static io.coffer.model.iam.Operation.REMOVE_USER_FROM_GROUP;
import static io.coffer.model.iam.Operation.TAG_USER;
import static io.coffer.model.iam.Operation.UNTAG_USER;
import static io.coffer.model.iam.Operation.UPDATE_ACCESS_KEY;
import static io.coffer.model.iam.Operation.UPDATE_GROUP;
import static io.coffer.model.iam.Operation.UPDATE_USER;

import io.coffer.model.QueryOperation;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.HashMap;
import java.util.Map;

/** The handlers of operations on users, groups, access keys and the account. */
final class UserTable {
  private final Map<QueryOperation, Handler<?, ?>> table = new HashMap<>();
  private final Subjects s;
  private final FoundUsers users;
  private final FoundGroups groups;
  private final Attachments attachments;

  private UserTable(Subjects s) {
    this.s = s;
    this.users = new FoundUsers(s.entities(), s.access());
    this.groups = new FoundGroups(s.entities(), s.access());
    this.attachments = new Attachments(s.entities());
  }

  static Map<QueryOperation, Handler<?, ?>> of(Subjects s) {
    var made = new UserTable(s);
    made.addUsers();
    made.addUserPolicies();
    made.addAccessKeys();
    made.addGroups();
    made.addAccount();
    made.addNotKept();
    return made.table;
  }

  private <I, O> void add(QueryOperation operation, Handler<I, O> handler) {
    table.put(operation, handler);
  }

  private void addUsers() {
    var all = new Users(s, users, attachments);
    add(CREATE_USER, all::create);
    add(GET_USER, all::get);
    add(UPDATE_USER, all::update);
    add(DELETE_USER, all::delete);
    add(LIST_USERS, all::list);
    var tags = new UserTags(s.entities(), users);
    add(TAG_USER, tags::tag);
    add(UNTAG_USER, tags::untag);
    add(LIST_USER_TAGS, tags::list);
    var boundary = new UserBoundary(s.entities(), users, attachments);
    add(PUT_USER_PERMISSIONS_BOUNDARY, boundary::put);
    add(DELETE_USER_PERMISSIONS_BOUNDARY, boundary::delete);
  }

  private void addUserPolicies() {
    var policies = new UserPolicies(s.entities(), users, attachments);
    add(PUT_USER_POLICY, policies::put);
    add(GET_USER_POLICY, policies::get);
    add(DELETE_USER_POLICY, policies::delete);
    add(LIST_USER_POLICIES, policies::list);
    add(ATTACH_USER_POLICY, policies::attach);
    add(DETACH_USER_POLICY, policies::detach);
    add(LIST_ATTACHED_USER_POLICIES, policies::listAttached);
  }

  private void addAccessKeys() {
    var keys = new UserKeys(s, users);
    add(CREATE_ACCESS_KEY, keys::create);
    add(UPDATE_ACCESS_KEY, keys::update);
    add(DELETE_ACCESS_KEY, keys::delete);
    add(LIST_ACCESS_KEYS, keys::list);
    add(GET_ACCESS_KEY_LAST_USED, keys::lastUsed);
  }

  private void addGroups() {
    var all = new Groups(s, groups);
    add(CREATE_GROUP, all::create);
    add(GET_GROUP, all::get);
    add(UPDATE_GROUP, all::update);
    add(DELETE_GROUP, all::delete);
    add(LIST_GROUPS, all::list);
    var members = new GroupMembers(s.entities(), users, groups);
    add(ADD_USER_TO_GROUP, members::add);
    add(REMOVE_USER_FROM_GROUP, members::remove);
    add(LIST_GROUPS_FOR_USER, members::groupsOf);
    var policies = new GroupPolicies(s.entities(), groups, attachments);
    add(PUT_GROUP_POLICY, policies::put);
    add(GET_GROUP_POLICY, policies::get);
    add(DELETE_GROUP_POLICY, policies::delete);
    add(LIST_GROUP_POLICIES, policies::list);
    add(ATTACH_GROUP_POLICY, policies::attach);
    add(DETACH_GROUP_POLICY, policies::detach);
    add(LIST_ATTACHED_GROUP_POLICIES, policies::listAttached);
  }

  private void addAccount() {
    var account = new OfAccount(s);
    add(GET_ACCOUNT_SUMMARY, account::summary);
    add(CREATE_ACCOUNT_ALIAS, account::createAlias);
    add(DELETE_ACCOUNT_ALIAS, account::deleteAlias);
    add(LIST_ACCOUNT_ALIASES, account::listAliases);
  }

  private void addNotKept() {
    var none = new NotKept(s.access(), users);
    add(GET_LOGIN_PROFILE, none::getLoginProfile);
    add(DELETE_LOGIN_PROFILE, none::deleteLoginProfile);
    add(GET_ACCOUNT_PASSWORD_POLICY, none::getPasswordPolicy);
    add(LIST_MFA_DEVICES, none::mfaDevices);
    add(LIST_VIRTUAL_MFA_DEVICES, none::virtualMfaDevices);
    add(LIST_SSH_PUBLIC_KEYS, none::sshPublicKeys);
    add(LIST_SIGNING_CERTIFICATES, none::signingCertificates);
    add(LIST_SERVICE_SPECIFIC_CREDENTIALS, none::serviceCredentials);
  }
}
