package io.coffer.service;

import io.coffer.storage.Durability;
import java.util.Map;

/**
 * When writes have to be durable, by bucket; what belongs to no bucket (accounts, the registry of
 * names) is written by the server's choice, and what the collector removes is relaxed. Immutable.
 *
 * @param byDefault the server's choice
 * @param byBucket other choices, by the names of buckets, which need not be there
 */
public record Durabilities(Durability byDefault, Map<String, Durability> byBucket) {
  /** 200 means durable, everywhere. */
  public static final Durabilities SYNC = new Durabilities(Durability.SYNC, Map.of());

  public Durabilities {
    byBucket = Map.copyOf(byBucket);
  }

  Durability of(Bucket bucket) {
    return byBucket.getOrDefault(bucket.name(), byDefault);
  }
}
