package io.coffer.server;

import io.coffer.api.transport.Exchange;
import io.coffer.api.transport.ExchangeHandler;
import io.coffer.model.Body;
import io.coffer.model.Headers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers to HTTP-01 (RFC 8555 §8.3) while they are pending. Who asks for anything else at one of
 * the server's names is led to HTTPS; for other hosts there is nothing here. Thread-safe.
 */
final class AcmeTokens implements ExchangeHandler {
  private static final String PATH = "/.well-known/acme-challenge/";

  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final Set<String> hosts;
  private final String portOfHttps;

  /**
   * @param httpsPort of the server
   */
  AcmeTokens(AcmeOptions options, int httpsPort) {
    this.hosts = Set.copyOf(options.domains());
    this.portOfHttps = httpsPort == 443 ? "" : ":" + httpsPort;
  }

  void show(String token, String answer) {
    answers.put(token, answer);
  }

  void hide(String token) {
    answers.remove(token);
  }

  @Override
  public void handle(Exchange exchange) throws IOException {
    var path = exchange.head().path();
    var host = host(exchange.head().headers());
    if (path.startsWith(PATH)) {
      var answer = answers.get(path.substring(PATH.length()));
      boolean reads = Set.of("GET", "HEAD").contains(exchange.head().method());
      if (answer != null && reads) {
        respond(exchange, 200, Headers.builder(), answer);
      } else {
        respond(exchange, 404, Headers.builder(), "There is no such challenge.\n");
      }
    } else if (hosts.contains(host)) {
      var query = exchange.head().query();
      var target = "https://" + host + portOfHttps + path + (query.isEmpty() ? "" : "?" + query);
      respond(exchange, 308, Headers.builder().add("Location", target), "Use HTTPS.\n");
    } else {
      respond(exchange, 404, Headers.builder(), "There is nothing here.\n");
    }
  }

  /** Without its port. */
  private static String host(Headers headers) {
    var authority = headers.first("Host");
    var host = authority == null ? "" : authority.replaceFirst(":[0-9]*$", "");
    return host.toLowerCase(Locale.ROOT);
  }

  private static void respond(Exchange exchange, int status, Headers.Builder headers, String text)
      throws IOException {
    headers.add("Content-Type", status == 200 ? "application/octet-stream" : "text/plain");
    exchange.respond(status, headers.build(), Body.of(text.getBytes(StandardCharsets.UTF_8)));
  }
}
