package io.coffer.server;

import io.coffer.api.limits.LimitSettings;

/** Checks the settings about limits. */
final class LimitsReader {
  private static final int REQUESTS = 1_000_000;
  private static final int MEBIBYTES = 1_000_000;
  private static final int MEBIBYTE_BITS = 20;

  private LimitsReader() {}

  /**
   * Turns values into limits.
   *
   * @throws UsageException one is no number, or too large
   */
  static LimitSettings read(SettingValues values) {
    return new LimitSettings(
        values.number(Setting.MAX_REQUESTS, 0, REQUESTS),
        values.number(Setting.MAX_REQUESTS_PER_ACCOUNT, 0, REQUESTS),
        values.number(Setting.MAX_REQUESTS_PER_KEY, 0, REQUESTS),
        (long) values.number(Setting.MAX_BANDWIDTH_PER_ACCOUNT, 0, MEBIBYTES) << MEBIBYTE_BITS,
        values.number(Setting.MAX_FAILED_LOGINS, 0, REQUESTS));
  }
}
