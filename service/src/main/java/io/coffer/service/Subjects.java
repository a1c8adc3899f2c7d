package io.coffer.service;

import io.coffer.service.acl.AclAccounts;
import io.coffer.service.acl.AclRules;
import io.coffer.service.identity.Access;
import io.coffer.service.identity.CompiledPolicies;
import io.coffer.service.identity.Entities;
import io.coffer.service.identity.Permits;
import io.coffer.storage.Storage;

/** The subjects that operations are written with, wired. */
public record Subjects(
    ServiceSettings settings,
    Transactions transactions,
    Authorization authorization,
    Accounts accounts,
    AccountAccess accountAccess,
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
    var accounts = new Accounts(storage, transactions);
    var aclAccounts = new AclAccounts(accounts);
    var acls = new AclRules(aclAccounts);
    var entities = new Entities(storage, transactions, Paths.ACCOUNTS);
    var permits = new Permits(entities, new CompiledPolicies());
    var access = new Access(permits);
    var documents = new Documents(storage, transactions, versions);
    var accountBlocks = new AccountBlocks(storage, transactions);
    var authorization =
        new Authorization(
            buckets,
            versions,
            new BucketRules(documents),
            accountBlocks,
            access,
            acls,
            settings.region());
    return new Subjects(
        settings,
        transactions,
        authorization,
        accounts,
        new AccountAccess(authorization, accountBlocks),
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
