package io.coffer.server;

import io.coffer.auth.Credential;
import io.coffer.auth.Signer;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/** Asks a server with presigned URLs. */
final class Client implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String host;
  private final Signer signer;

  Client(InetSocketAddress address, String accessKeyId, String secretAccessKey, String region) {
    this.host = "127.0.0.1:" + address.getPort();
    this.signer = new Signer(accessKeyId, secretAccessKey, region);
  }

  static Client of(CofferServer server) {
    Credential key = server.rootCredential();
    return new Client(server.address(), key.accessKeyId(), key.secretAccessKey(), "us-east-1");
  }

  /** A path with its signature. */
  URI presigned(String method, String path) {
    int mark = path.indexOf('?');
    var head =
        new RequestHead(
            method,
            mark < 0 ? path : path.substring(0, mark),
            mark < 0 ? "" : path.substring(mark + 1),
            Headers.builder().add("Host", host).build());
    var signed = signer.presign(head, Duration.ofMinutes(5), Instant.now());
    return URI.create("http://" + host + signed.path() + "?" + signed.query());
  }

  HttpResponse<String> send(String method, String path, String body) {
    return send(
        HttpRequest.newBuilder(presigned(method, path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build());
  }

  /** Without a signature. */
  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(URI.create("http://" + host + path)).build());
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
