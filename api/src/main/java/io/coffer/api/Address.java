package io.coffer.api;

import io.coffer.model.Target;
import org.jspecify.annotations.Nullable;

/**
 * What a request is about, as far as host and path tell.
 *
 * @param bucket decoded, not yet checked; null when the service is meant
 * @param key decoded, exactly as sent; null when the bucket or the service is meant, else not empty
 */
record Address(@Nullable String bucket, @Nullable String key) {
  static final Address SERVICE = new Address(null, null);

  Target target() {
    if (bucket == null) {
      return Target.SERVICE;
    }
    return key == null ? Target.BUCKET : Target.OBJECT;
  }

  /** How errors name it: {@code /}, {@code /bucket} or {@code /bucket/key}. */
  String resource() {
    if (bucket == null) {
      return "/";
    }
    return key == null ? "/" + bucket : "/" + bucket + "/" + key;
  }
}
