package io.coffer.server;

/**
 * What stands between clients and the API.
 *
 * @param tls how connections are encrypted
 * @param proxyProtocol whether connections from trusted proxies begin with a PROXY header
 */
public record EdgeOptions(TlsOptions tls, boolean proxyProtocol) {
  /** HTTP in the clear. */
  public static final EdgeOptions PLAIN = new EdgeOptions(TlsOptions.OFF, false);

  /** The same with other certificates. */
  public EdgeOptions withTls(TlsOptions wanted) {
    return new EdgeOptions(wanted, proxyProtocol);
  }
}
