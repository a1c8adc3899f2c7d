package io.coffer.server;

/**
 * What stands between clients and the API.
 *
 * @param tls how connections are encrypted
 */
public record EdgeOptions(TlsOptions tls) {
  /** HTTP in the clear. */
  public static final EdgeOptions PLAIN = new EdgeOptions(TlsOptions.OFF);

  /** The same with other certificates. */
  public EdgeOptions withTls(TlsOptions wanted) {
    return new EdgeOptions(wanted);
  }
}
