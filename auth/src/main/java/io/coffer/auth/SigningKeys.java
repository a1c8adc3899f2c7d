package io.coffer.auth;

import java.util.concurrent.ConcurrentHashMap;

/**
 * Derived signing keys, kept because deriving one costs four HMACs and each is used all day.
 * Bounded: when full it starts again empty. Thread-safe.
 */
final class SigningKeys {
  private static final int CAPACITY = 4_096;

  private final ConcurrentHashMap<Source, SigningKey> keys = new ConcurrentHashMap<>();

  SigningKey get(Credential credential, String date, String region, SigningService service) {
    var source =
        new Source(credential.accessKeyId(), credential.secretAccessKey(), date, region, service);
    var known = keys.get(source);
    if (known != null) {
      return known;
    }
    var derived = SigningKey.derive(credential.secretAccessKey(), date, region, service);
    if (keys.size() >= CAPACITY) {
      keys.clear();
    }
    keys.put(source, derived);
    return derived;
  }

  int size() {
    return keys.size();
  }

  /** The secret is part of it, so that a changed secret never meets an old key. */
  private record Source(
      String accessKeyId, String secret, String date, String region, SigningService service) {
    /** Without the secret. */
    @Override
    public String toString() {
      return "Source[" + accessKeyId + ", " + date + ", " + region + ", " + service + "]";
    }
  }
}
