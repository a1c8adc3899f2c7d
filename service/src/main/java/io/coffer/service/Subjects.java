package io.coffer.service;

import io.coffer.storage.Storage;

/** The subjects that operations are written with, wired. */
public record Subjects(
    ServiceSettings settings,
    Authorization authorization,
    Accounts accounts,
    Buckets buckets,
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
    return new Subjects(
        settings,
        new Authorization(buckets),
        new Accounts(storage, transactions),
        buckets,
        new Documents(storage, transactions, versions),
        versions,
        new Contents(storage, ids, settings.durabilities()),
        new ObjectReads(storage, versions, leases, new DamagedReads()),
        new Listings(storage),
        uploads,
        new Completions(transactions, uploads, versions, collector, settings.minimumPartSize()),
        collector);
  }
}
