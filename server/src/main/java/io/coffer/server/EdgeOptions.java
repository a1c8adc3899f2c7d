package io.coffer.server;

import io.coffer.api.limits.LimitSettings;

/**
 * What stands between clients and the API.
 *
 * @param tls how connections are encrypted
 * @param proxyProtocol whether connections from trusted proxies begin with a PROXY header
 * @param limits how much may be asked
 * @param audit where the audit log goes
 */
public record EdgeOptions(
    TlsOptions tls, boolean proxyProtocol, LimitSettings limits, AuditOptions audit) {
  /** HTTP in the clear, no limits, no audit log. */
  public static final EdgeOptions PLAIN =
      new EdgeOptions(TlsOptions.OFF, false, LimitSettings.NONE, AuditOptions.OFF);

  /** The same with other certificates. */
  public EdgeOptions withTls(TlsOptions wanted) {
    return new EdgeOptions(wanted, proxyProtocol, limits, audit);
  }

  /** The same with other limits. */
  public EdgeOptions withLimits(LimitSettings wanted) {
    return new EdgeOptions(tls, proxyProtocol, wanted, audit);
  }

  /** The same with another audit log. */
  public EdgeOptions withAudit(AuditOptions wanted) {
    return new EdgeOptions(tls, proxyProtocol, limits, wanted);
  }
}
