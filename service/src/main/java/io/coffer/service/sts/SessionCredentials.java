package io.coffer.service.sts;

import io.coffer.auth.Credential;
import io.coffer.auth.Credentials;
import io.coffer.service.Accounts;
import org.jspecify.annotations.Nullable;

/** All keys that are good: the permanent ones of accounts, and those of sessions. Thread-safe. */
public record SessionCredentials(Accounts accounts, SessionTokens tokens) implements Credentials {
  @Override
  public @Nullable Credential find(String accessKeyId) {
    return accounts.find(accessKeyId);
  }

  @Override
  public @Nullable Credential ofSession(String accessKeyId, String token) {
    return tokens.open(accessKeyId, token);
  }
}
