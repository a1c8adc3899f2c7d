package io.coffer.bench;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A server to measure.
 *
 * @param host as in the Host header, with the port
 * @param pid of the server's process on this machine, or 0 when it is elsewhere
 */
record Endpoint(String name, String host, int port, String accessKey, String secretKey, long pid) {
  private static final String FORM =
      "--endpoint NAME=http://HOST:PORT,ACCESSKEY,SECRETKEY[,PID], not '%s'";

  /**
   * @throws IllegalArgumentException with the form that is expected
   */
  static Endpoint parse(String text) {
    int equals = text.indexOf('=');
    String[] parts = text.substring(equals + 1).split(",", -1);
    if (equals < 1 || parts.length < 3 || parts.length > 4 || !parts[0].startsWith("http://")) {
      throw new IllegalArgumentException(FORM.formatted(text));
    }
    URI uri = URI.create(parts[0]);
    if (uri.getHost() == null || parts[1].isEmpty() || parts[2].isEmpty()) {
      throw new IllegalArgumentException(FORM.formatted(text));
    }
    int port = uri.getPort() < 0 ? 80 : uri.getPort();
    long pid = parts.length == 4 ? Long.parseLong(parts[3]) : 0;
    return new Endpoint(text.substring(0, equals), uri.getHost(), port, parts[1], parts[2], pid);
  }

  String hostHeader() {
    return port == 80 ? host : host + ":" + port;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return name + "=http://" + hostHeader();
  }
}
