package io.coffer.bench;

import io.coffer.auth.Signer;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;

/** Makes signed requests for one endpoint. Thread-safe. */
final class RequestFactory {
  private static final String EMPTY_SHA256 =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final Endpoint endpoint;
  private final Signer signer;
  private final InstantSource clock;

  RequestFactory(Endpoint endpoint, String region, InstantSource clock) {
    this.endpoint = endpoint;
    this.signer = new Signer(endpoint.accessKey(), endpoint.secretKey(), region);
    this.clock = clock;
  }

  /** A request without a body. */
  Request bare(String method, String path, String query) {
    return bare(method, path, query, Map.of());
  }

  /** A request without a body, with further headers. */
  Request bare(String method, String path, String query, Map<String, String> headers) {
    return sign(method, path, query, headers, EMPTY_SHA256, 0, 0);
  }

  /**
   * A request with a body out of the content.
   *
   * @param payloadHash hex of its SHA-256, or {@link Signer#UNSIGNED_PAYLOAD}
   */
  Request withBody(
      String method, String path, String query, String payloadHash, long offset, long length) {
    return sign(method, path, query, Map.of(), payloadHash, offset, length);
  }

  /** A PUT of a piece of the content, with further headers. */
  Request put(
      String path, String query, Map<String, String> headers, String payloadHash, Slice slice) {
    return sign("PUT", path, query, headers, payloadHash, slice.offset(), slice.length());
  }

  /** A small request whose body is this text, with the Content-MD5 that some operations demand. */
  Request withText(String method, String path, String query, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    var md5 = Map.of("Content-MD5", Base64.getEncoder().encodeToString(md5(body)));
    byte[] head = sign(method, path, query, md5, Signer.UNSIGNED_PAYLOAD, 0, body.length).head();
    byte[] whole = new byte[head.length + body.length];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(body, 0, whole, head.length, body.length);
    return new Request(whole, 0, 0, true);
  }

  private static byte[] md5(byte[] body) {
    try {
      return MessageDigest.getInstance("MD5").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Request sign(
      String method,
      String path,
      String query,
      Map<String, String> more,
      String payloadHash,
      long offset,
      long length) {
    var headers = Headers.builder().add("Host", endpoint.hostHeader());
    more.forEach(headers::add);
    if (method.equals("PUT") || method.equals("POST")) {
      headers.add("Content-Length", Long.toString(length));
    }
    var unsigned = new RequestHead(method, path, query, headers.build());
    RequestHead signed = signer.sign(unsigned, payloadHash, clock.instant());
    var text = new StringBuilder(512).append(method).append(' ').append(path);
    if (!query.isEmpty()) {
      text.append('?').append(query);
    }
    text.append(" HTTP/1.1\r\n");
    for (var field : signed.headers().fields()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    byte[] head = text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    return new Request(head, offset, length, !method.equals("HEAD"));
  }
}
