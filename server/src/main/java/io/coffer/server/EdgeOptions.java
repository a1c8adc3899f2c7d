package io.coffer.server;

import io.coffer.api.limits.LimitSettings;

/**
 * What stands between clients and the API.
 *
 * @param tls how connections are encrypted
 * @param proxyProtocol whether connections from trusted proxies begin with a PROXY header
 * @param limits how much may be asked
 */
public record EdgeOptions(TlsOptions tls, boolean proxyProtocol, LimitSettings limits) {
  /** HTTP in the clear, and no limits. */
  public static final EdgeOptions PLAIN = 
      new EdgeOptions(TlsOptions.OFF, false, LimitSettings.NONE);

  /** The same with other certificates. */
  public EdgeOptions withTls(TlsOptions wanted) {
    return new EdgeOptions(wanted, proxyProtocol, limits);
  }

  /** The same with other limits. */
  public EdgeOptions withLimits(LimitSettings wanted) {
    return new EdgeOptions(tls, proxyProtocol, wanted);
  }
}
