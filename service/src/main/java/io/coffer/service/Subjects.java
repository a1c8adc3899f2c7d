package io.coffer.service;

import io.coffer.service.acl.AclAccounts;
import io.coffer.service.acl.AclRules;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.AccessKeys;
import io.coffer.service.identity.CompiledPolicies;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.KeyUse;
import io.coffer.service.identity.Permits;
import io.coffer.service.identity.Sealer;
import io.coffer.service.identity.Sealing;
import io.coffer.service.sts.SessionTokens;
import io.coffer.storage.Storage;

/** The subjects that operations are written with, wired. */
public record Subjects(
    ServiceSettings settings,
    Environment environment,
    Sealer sealer,
    Transactions transactions,
    Authorization authorization,
    Accounts accounts,
    AccessKeys accessKeys,
    KeyUse keyUse,
    Sealing sealing,
    AccountAccess accountAccess,
    SessionTokens tokens,
    Entities entities,
    Permits permits,
    Access access,
    Buckets buckets,
    AclAccounts aclAccounts,
    AclRules acls,
    Documents documents,
    Versions versions,
    Contents contents,
    ObjectReads reads,
    Listings listings,
    Uploads uploads,
    Completions completions,
    Collector collector) {

  static Subjects over(Storage storage, Environment environment, ServiceSettings settings) {
    var transactions =
        new Transactions(storage, environment, settings.retryTime(), settings.durabilities());
    var ids = new BlobIds(environment);
    var leases = new Leases();
    var collector = new Collector(storage, transactions, leases, environment.threads());
    var buckets = new Buckets(storage, transactions, environment, collector);
    var versions = new Versions(storage, transactions, environment, buckets, collector);
    var uploads = new Uploads(storage, transactions, environment, ids, versions, collector);
    var entities = new Entities(storage, transactions, Paths.ACCOUNTS);
    var accessKeys = new AccessKeys(entities, settings.keys());
    var accounts = new Accounts(storage, entities, accessKeys, environment.clock());
    var aclAccounts = new AclAccounts(accounts);
    var acls = new AclRules(aclAccounts);
    var permits = new Permits(entities, new CompiledPolicies());
    var access = new Access(permits);
    var documents = new Documents(storage, transactions, versions);
    var accountBlocks = new AccountBlocks(storage, transactions);
    var authorization =
        new Authorization(
            buckets, versions, documents, accountBlocks, access, acls, settings.region());
    return new Subjects(
        settings,
        environment,
        settings.keys(),
        transactions,
        authorization,
        accounts,
        accessKeys,
        new KeyUse(
            entities, transactions, environment.clock(), Paths.ACCOUNTS, environment.threads()),
        new Sealing(storage, entities, accessKeys, settings.keys(), Paths.ACCOUNTS),
        new AccountAccess(authorization, accountBlocks),
        new SessionTokens(settings.keys(), accounts),
        entities,
        permits,
        access,
        buckets,
        aclAccounts,
        acls,
        documents,
        versions,
        new Contents(storage, ids, settings.durabilities()),
        new ObjectReads(storage, versions, leases, new DamagedReads()),
        new Listings(storage),
        uploads,
        new Completions(transactions, uploads, versions, collector, settings.minimumPartSize()),
        collector);
  }
}
