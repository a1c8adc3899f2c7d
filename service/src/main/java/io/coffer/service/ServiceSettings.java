package io.coffer.service;

import java.time.Duration;

/**
 * What the rules may be told from outside.
 *
 * @param region the one region of this store
 * @param minimumPartSize bytes of every part but the last; AWS: 5 MiB
 * @param retryTime how long a write that meets others is tried again
 * @param durabilities when writes have to be durable
 * @param newBuckets what buckets have whose makers say nothing of it
 */
public record ServiceSettings(
    String region,
    long minimumPartSize,
    Duration retryTime,
    Durabilities durabilities,
    NewBuckets newBuckets) {
  private static final long FIVE_MIB = 5L << 20;

  public ServiceSettings(String region) {
    this(region, FIVE_MIB, Duration.ofSeconds(10));
  }

  public ServiceSettings(String region, long minimumPartSize, Duration retryTime) {
    this(region, minimumPartSize, retryTime, Durabilities.SYNC);
  }

  public ServiceSettings(
      String region, long minimumPartSize, Duration retryTime, Durabilities durabilities) {
    this(region, minimumPartSize, retryTime, durabilities, NewBuckets.AWS);
  }

  public ServiceSettings withDurabilities(Durabilities wanted) {
    return new ServiceSettings(region, minimumPartSize, retryTime, wanted, newBuckets);
  }

  public ServiceSettings withNewBuckets(NewBuckets wanted) {
    return new ServiceSettings(region, minimumPartSize, retryTime, durabilities, wanted);
  }
}
