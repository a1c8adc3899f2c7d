package io.coffer.server;

import io.coffer.auth.Credential;
import io.coffer.auth.Signer;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Asks a server with presigned URLs. */
final class Client {
  private final String host;
  private final String scheme;
  private final @Nullable SSLContext tls;
  private final Signer signer;

  Client(InetSocketAddress address, String accessKeyId, String secretAccessKey, String region) {
    this(null, address, accessKeyId, secretAccessKey, region);
  }

  /**
   * @param tls null for HTTP
   */
  Client(
      @Nullable SSLContext tls,
      InetSocketAddress address,
      String accessKeyId,
      String secretAccessKey,
      String region) {
    this.tls = tls;
    this.scheme = tls == null ? "http://" : "https://";
    this.host = "127.0.0.1:" + address.getPort();
    this.signer = new Signer(accessKeyId, secretAccessKey, region);
  }

  static Client of(CofferServer server) {
    return of(server, null);
  }

  static Client of(CofferServer server, @Nullable SSLContext tls) {
    Credential key = server.rootCredential();
    return new Client(tls, server.address(), key.accessKeyId(), key.secretAccessKey(), "us-east-1");
  }

  /** An answer, whole. */
  record Answer(int status, String body) {}

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
    return URI.create(scheme + host + signed.path() + "?" + signed.query());
  }

  Answer send(String method, String path, String body) {
    return send(presigned(method, path), method, body);
  }

  /** Without a signature. */
  Answer get(String path) {
    return send(URI.create(scheme + host + path), "GET", "");
  }

  private Answer send(URI uri, String method, String body) {
    try {
      var connection = (HttpURLConnection) uri.toURL().openConnection();
      if (tls != null && connection instanceof HttpsURLConnection secure) {
        secure.setSSLSocketFactory(tls.getSocketFactory());
      }
      connection.setRequestMethod(method);
      if (method.equals("PUT") || method.equals("POST") || !body.isEmpty()) {
        connection.setDoOutput(true);
        connection.setRequestProperty("Content-Type", "text/plain");
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        connection.setRequestProperty("Content-MD5", md5(bytes));
        connection.getOutputStream().write(bytes);
      }
      int status = connection.getResponseCode();
      var in = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
      return new Answer(
          status, in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Some operations demand it. */
  private static String md5(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
