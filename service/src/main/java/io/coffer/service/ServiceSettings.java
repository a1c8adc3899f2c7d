package io.coffer.service;

import io.coffer.service.identity.KeyRing;
import io.coffer.service.oidc.OutboundRules;
import java.time.Duration;

/**
 * What the rules may be told from outside.
 *
 * @param region the one region of this store
 * @param minimumPartSize bytes of every part but the last; AWS: 5 MiB
 * @param retryTime how long a write that meets others is tried again
 * @param durabilities when writes have to be durable
 * @param keys seal what only this server may read
 * @param newBuckets what buckets have whose makers say nothing of it
 * @param outbound which identity providers may be asked
 */
public record ServiceSettings(
    String region,
    long minimumPartSize,
    Duration retryTime,
    Durabilities durabilities,
    KeyRing keys,
    NewBuckets newBuckets,
    OutboundRules outbound) {
  private static final long FIVE_MIB = 5L << 20;

  public ServiceSettings(String region) {
    this(region, FIVE_MIB, Duration.ofSeconds(10));
  }

  public ServiceSettings(String region, long minimumPartSize, Duration retryTime) {
    this(region, minimumPartSize, retryTime, Durabilities.SYNC);
  }

  /** With a key that is gone with the process: for storage that is gone with it too. */
  public ServiceSettings(
      String region, long minimumPartSize, Duration retryTime, Durabilities durabilities) {
    this(
        region,
        minimumPartSize,
        retryTime,
        durabilities,
        KeyRing.random(),
        NewBuckets.AWS,
        new OutboundRules(false));
  }

  public ServiceSettings withDurabilities(Durabilities wanted) {
    return new ServiceSettings(
        region, minimumPartSize, retryTime, wanted, keys, newBuckets, outbound);
  }

  public ServiceSettings withKeys(KeyRing wanted) {
    return new ServiceSettings(
        region, minimumPartSize, retryTime, durabilities, wanted, newBuckets, outbound);
  }

  public ServiceSettings withNewBuckets(NewBuckets wanted) {
    return new ServiceSettings(
        region, minimumPartSize, retryTime, durabilities, keys, wanted, outbound);
  }

  public ServiceSettings withOutbound(OutboundRules wanted) {
    return new ServiceSettings(
        region, minimumPartSize, retryTime, durabilities, keys, newBuckets, wanted);
  }
}
