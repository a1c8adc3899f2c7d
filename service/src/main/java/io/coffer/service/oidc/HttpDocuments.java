package io.coffer.service.oidc;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks providers over HTTP: no redirects, a few seconds, a bounded document. Each time with a
 * client of its own, as it happens about once an hour. Thread-safe.
 */
public final class HttpDocuments implements DocumentSource {
  static final int MOST_BYTES = 256 << 10;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final OutboundRules rules;

  public HttpDocuments(OutboundRules rules) {
    this.rules = rules;
  }

  @Override
  public byte[] get(URI address, List<String> thumbprints) throws IOException {
    rules.check(address);
    var builder =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    if ("https".equalsIgnoreCase(address.getScheme())) {
      builder.sslContext(ProviderTrust.context(thumbprints));
    }
    var client = builder.build();
    try {
      return get(client, address);
    } finally {
      client.shutdownNow();
    }
  }

  private static byte[] get(HttpClient client, URI address) throws IOException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build();
    var answer = client.sendAsync(request, info -> new BoundedBody(MOST_BYTES));
    try {
      return content(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new IOException(address + " does not answer in time", e);
    } catch (ExecutionException e) {
      throw new IOException(address + " cannot be asked: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static byte[] content(HttpResponse<byte[]> answer) throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException(answer.uri() + " answers with status " + answer.statusCode());
    }
    return answer.body();
  }
}
