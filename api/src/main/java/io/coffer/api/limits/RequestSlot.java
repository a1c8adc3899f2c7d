package io.coffer.api.limits;

import org.jspecify.annotations.Nullable;

/** What one request holds of the limits while it lasts. Used by one thread at a time. */
public final class RequestSlot implements AutoCloseable {
  private final Limits limits;
  private boolean entered;
  private @Nullable String account;
  private @Nullable String accessKeyId;

  RequestSlot(Limits limits) {
    this.limits = limits;
  }

  /**
   * It is to be answered, by whomever it is.
   *
   * @throws io.coffer.model.S3Exception SlowDown
   */
  public void enter() {
    limits.enterServer();
    entered = true;
  }

  /**
   * It is known whose it is; to be called once.
   *
   * @param account its 12 digits
   * @return what its bodies go by; null when there is no limit
   * @throws io.coffer.model.S3Exception SlowDown
   */
  public @Nullable Meter enter(String account, String accessKeyId) {
    limits.enterAccount(account);
    this.account = account;
    limits.enterKey(accessKeyId);
    this.accessKeyId = accessKeyId;
    return limits.meter(account);
  }

  /** Gives all back; idempotent. */
  @Override
  public void close() {
    if (accessKeyId != null) {
      limits.leaveKey(accessKeyId);
      accessKeyId = null;
    }
    if (account != null) {
      limits.leaveAccount(account);
      account = null;
    }
    if (entered) {
      limits.leaveServer();
      entered = false;
    }
  }
}
