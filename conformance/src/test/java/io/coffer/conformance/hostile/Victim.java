package io.coffer.conformance.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.auth.Signer;
import io.coffer.auth.SigningService;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.server.CofferServer;
import io.coffer.server.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** A real server under attack, with a bucket; and the attacker's ways to send it any bytes. */
final class Victim implements AutoCloseable {
  static final String BUCKET = "loot";
  private static final String REGION = "us-east-1";

  /** A server that waits for bytes that the attack does not have has swallowed it. */
  private static final int PATIENCE_MILLIS = 3_000;

  private final CofferServer server;

  private Victim(ServerOptions options) {
    server = CofferServer.start(options);
    assertEquals(200, ask("PUT", "/" + BUCKET, "").status());
  }

  static Victim inMemory() {
    return new Victim(ServerOptions.inMemory());
  }

  static Victim onFiles(Path directory) {
    return new Victim(ServerOptions.inMemory().withDirectory(directory));
  }

  String host() {
    return "127.0.0.1:" + server.address().getPort();
  }

  String accessKeyId() {
    return server.rootCredential().accessKeyId();
  }

  String secretAccessKey() {
    return server.rootCredential().secretAccessKey();
  }

  Signer signer(SigningService service) {
    return new Signer(accessKeyId(), secretAccessKey(), REGION, service);
  }

  /** A head of these fields, in pairs of name and value, and with the server's Host. */
  RequestHead head(String method, String target, String... fields) {
    var headers = Headers.builder().add("Host", host());
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    int mark = target.indexOf('?');
    return new RequestHead(
        method,
        mark < 0 ? target : target.substring(0, mark),
        mark < 0 ? "" : target.substring(mark + 1),
        headers.build());
  }

  /** A request that its owner signed, with the hash of its body. */
  RequestHead signed(String method, String target, String body, String... fields) {
    return signer(SigningService.S3)
        .sign(head(method, target, fields), sha256(body), Instant.now());
  }

  RequestHead presigned(String method, String target, Duration validity, Instant time) {
    return signer(SigningService.S3).presign(head(method, target), validity, time);
  }

  /** Asks with a good signature. */
  Answer ask(String method, String target, String body, String... fields) {
    return send(signed(method, target, body, fields), body);
  }

  /** Asks with this head and no other. */
  Answer send(RequestHead head, String body) {
    return send(bytes(head, body), head.method().equals("HEAD"));
  }

  /** The one answer to these bytes. */
  Answer send(byte[] bytes) {
    return send(bytes, false);
  }

  private Answer send(byte[] bytes, boolean isHead) {
    var came = exchange(bytes);
    if (isHead) {
      var text = new String(came, StandardCharsets.ISO_8859_1);
      return new Answer(text.substring(0, text.length() - 2), new byte[0]);
    }
    var answers = Answer.all(came);
    assertEquals(1, answers.size(), answers::toString);
    return answers.getFirst();
  }

  /** All answers to these bytes, until the server closes or waits for more. */
  List<Answer> conversation(String bytes) {
    return Answer.all(exchange(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private byte[] exchange(byte[] bytes) {
    var came = new ByteArrayOutputStream();
    try (var socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var input = socket.getInputStream();
      var buffer = new byte[8_192];
      try {
        socket.getOutputStream().write(bytes);
        for (int n = input.read(buffer); n >= 0; n = input.read(buffer)) {
          came.write(buffer, 0, n);
        }
      } catch (SocketTimeoutException | SocketException e) {
        // what came until then is the answer: a refusal closes while we may still be writing
        return came.toByteArray();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return came.toByteArray();
  }

  /** A request as bytes, the last on its connection. */
  static byte[] bytes(RequestHead head, String body) {
    var text = new StringBuilder(head.method()).append(' ').append(head.path());
    if (!head.query().isEmpty()) {
      text.append('?').append(head.query());
    }
    text.append(" HTTP/1.1\r\n");
    for (var field : head.headers().fields()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    var content = body.getBytes(StandardCharsets.UTF_8);
    if (!head.headers().contains("Content-Length")
        && (content.length > 0 || head.method().startsWith("P"))) {
      text.append("Content-Length: ").append(content.length).append("\r\n");
    }
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        text.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  /** Whether the bucket has this key, which is percent-encoded. */
  boolean has(String key) {
    return ask("GET", "/" + BUCKET + "/" + key, "").status() == 200;
  }

  void put(String key, String content) {
    assertEquals(200, ask("PUT", "/" + BUCKET + "/" + key, content).status());
  }

  /** The object's content. */
  String get(String key) {
    var answer = ask("GET", "/" + BUCKET + "/" + key, "");
    assertEquals(200, answer.status(), answer::toString);
    return answer.text();
  }

  static String sha256(String body) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
