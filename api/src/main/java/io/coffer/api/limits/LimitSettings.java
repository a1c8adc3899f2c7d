package io.coffer.api.limits;

/**
 * How much may be asked of a server; 0 stands for no limit.
 *
 * @param requests in flight at once, of everybody together
 * @param requestsPerAccount the same of one account
 * @param requestsPerKey the same of one access key
 * @param bytesPerSecondPerAccount of bodies in both directions together
 * @param failedLogins signatures of one address that may be wrong within a minute
 */
public record LimitSettings(
    int requests,
    int requestsPerAccount,
    int requestsPerKey,
    long bytesPerSecondPerAccount,
    int failedLogins) {
  /** None at all. */
  public static final LimitSettings NONE = new LimitSettings(0, 0, 0, 0, 0);

  public LimitSettings {
    if (requests < 0
        || requestsPerAccount < 0
        || requestsPerKey < 0
        || bytesPerSecondPerAccount < 0
        || failedLogins < 0) {
      throw new IllegalArgumentException("a limit is below 0");
    }
  }
}
