package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.coffer.auth.Signer;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Everything that is secret in requests is sent to a real server that logs all it can, and nothing
 * of it may be in what was logged.
 */
@Timeout(60)
class SecretsInLogsTest {
  /** In each value that is made up here. */
  private static final String MARK = "hush";

  private static final String KEY_ID = "ROOTKEY";
  private static final String SECRET = "hush-root-secret";
  private static final String SSE_KEY = "aHVzaGh1c2hodXNoaHVzaGh1c2hodXNoaHVzaGh1c2g=";

  @TempDir Path dir;

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final TreeSet<String> secrets = new TreeSet<>(List.of(MARK, SSE_KEY));
  private int port;

  /** Keeps each event in both forms that it can have. */
  private final class Recorder extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      logged.add(LogLine.text().line(event));
      logged.add(LogLine.json().line(event));
      logged.add(event.getFormattedMessage());
    }
  }

  private static LoggerContext logs() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  @BeforeEach
  void logEverything() {
    var recorder = new Recorder();
    recorder.setContext(logs());
    recorder.start();
    var root = logs().getLogger("ROOT");
    root.detachAndStopAllAppenders();
    root.addAppender(recorder);
    logs().getLoggerList().stream()
        .filter(logger -> !logger.equals(root))
        .forEach(logger -> logger.setLevel(null));
    root.setLevel(Level.ALL);
  }

  @AfterEach
  void logAsBefore() {
    logs().reset();
    new LogDefaults().configure(logs());
  }

  private CofferServer start(String auditLog) {
    var flags =
        Map.of(
            Setting.ADDRESS, "127.0.0.1:0",
            Setting.ROOT_ACCESS_KEY, KEY_ID,
            Setting.ROOT_SECRET_KEY, SECRET,
            Setting.AUDIT_LOG, auditLog);
    var server =
        CofferServer.start(
            OptionsReader.read(dir.resolve("data"), SettingValues.of(flags, Map.of(), null)));
    port = server.address().getPort();
    return server;
  }

  private RequestHead head(String method, String target, String... fields) {
    var headers = Headers.builder().add("Host", "127.0.0.1:" + port);
    for (int i = 0; i < fields.length; i += 2) {
      headers.add(fields[i], fields[i + 1]);
    }
    int question = target.indexOf('?');
    return question < 0
        ? new RequestHead(method, target, "", headers.build())
        : new RequestHead(
            method, target.substring(0, question), target.substring(question + 1), headers.build());
  }

  private Signer signer() {
    return new Signer(KEY_ID, SECRET, "us-east-1");
  }

  private RequestHead signed(RequestHead head) {
    var signed = signer().sign(head, Signer.UNSIGNED_PAYLOAD, Instant.now());
    var authorization = String.valueOf(signed.headers().first("Authorization"));
    secrets.add(authorization.substring(authorization.indexOf("Signature=") + 10));
    return signed;
  }

  private RequestHead presigned(RequestHead head) {
    var signed = signer().presign(head, Duration.ofMinutes(5), Instant.now());
    secrets.add(signed.query().replaceAll(".*X-Amz-Signature=([0-9a-f]+).*", "$1"));
    secrets.add(signed.query());
    return signed;
  }

  /** Sends a request as it is; gives the status. */
  private int send(RequestHead head, String body) {
    var text = new StringBuilder();
    text.append(head.method()).append(' ').append(head.path());
    text.append(head.query().isEmpty() ? "" : "?" + head.query()).append(" HTTP/1.1\r\n");
    head.headers().fields().forEach(f -> text.append(f.name() + ": " + f.value() + "\r\n"));
    text.append("Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body);
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      return Integer.parseInt(answer.substring(9, 12));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void sendSecrets() {
    assertEquals(200, send(signed(head("PUT", "/one")), ""));
    assertEquals(200, send(signed(head("PUT", "/one/key")), "content"));
    assertEquals(200, send(presigned(head("GET", "/one/key")), ""));
    var wrong = new Signer(KEY_ID, "hush-wrong-secret", "us-east-1");
    var forged = wrong.presign(head("GET", "/one/key"), Duration.ofMinutes(5), Instant.now());
    secrets.add(forged.query());
    assertEquals(403, send(forged, ""));
    assertEquals(400, send(signed(head("GET", "/one", "x-amz-security-token", "hush-token")), ""));
    assertEquals(400, send(presigned(head("GET", "/one?X-Amz-Security-Token=hush-token")), ""));
    for (var prefix : List.of("x-amz-", "x-amz-copy-source-")) {
      var sse = prefix + "server-side-encryption-customer-";
      send(
          signed(
              head(
                  "PUT",
                  "/one/sse",
                  sse + "algorithm",
                  "AES256",
                  sse + "key",
                  SSE_KEY,
                  sse + "key-MD5",
                  "hushhushhushhushhushhu==")),
          "content");
    }
    sendMalformedSecrets();
    sendForms();
  }

  private void sendMalformedSecrets() {
    for (var authorization :
        List.of(
            "Bearer hush",
            "Basic aHVzaDpodXNo hush",
            "AWS ROOTKEY:hush=",
            "AWS4-HMAC-SHA256 Credential=hush/x, Signature=hush",
            "AWS4-HMAC-SHA256 Credential=ROOTKEY/20260101/us-east-1/s3/aws4_request,"
                + " SignedHeaders=host, Signature=hush")) {
      assertTrue(send(head("GET", "/one/key", "Authorization", authorization), "") >= 400);
    }
    assertEquals(400, send(head("GET", "/one?X-Amz-Signature=hush&X-Amz-Signature=hush"), ""));
    assertEquals(400, send(head("GET", "/one", "Host", "two", "Authorization", "hush"), ""));
    assertEquals(400, send(head("GET", "/one%zz?X-Amz-Signature=hush"), ""));
    send(head("GET", "/one", "Cookie", "hush", "Referer", "http://a/?X-Amz-Signature=hush"), "");
    var chunked =
        signed(
            head(
                "PUT",
                "/one/chunks",
                "x-amz-decoded-content-length",
                "7",
                "Content-Encoding",
                "aws-chunked"));
    send(chunked, "7;chunk-signature=hush\r\ncontent\r\n0;chunk-signature=hush\r\n\r\n");
  }

  private void sendForms() {
    var post =
        """
        --x\r
        Content-Disposition: form-data; name="%s"\r
        \r
        hush-%s\r
        """;
    var form = new StringBuilder();
    for (var field : List.of("key", "policy", "AWSAccessKeyId", "signature")) {
      form.append(post.formatted(field, field));
    }
    form.append(
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
            + "\r\nhush\r\n--x--\r\n");
    var multipart = "multipart/form-data; boundary=x";
    assertEquals(403, send(head("POST", "/two", "Content-Type", multipart), form.toString()));
    var type = "application/x-www-form-urlencoded";
    for (var body :
        List.of(
            "Action=AssumeRoleWithWebIdentity&Version=2011-06-15&WebIdentityToken=hush"
                + "&RoleArn=hush&RoleSessionName=hush",
            "Action=CreateLoginProfile&Version=2010-05-08&UserName=a&Password=hush",
            "Action=hush&hush=hush")) {
      send(head("POST", "/", "Content-Type", type), body);
    }
  }

  private void assertNothingSecret(Iterable<String> lines) {
    for (var line : lines) {
      for (var secret : secrets) {
        // The form's key is a name, not a secret.
        var rest = line.replace("hush-key", "");
        assertFalse(rest.contains(secret), () -> secret + " is in " + line);
      }
    }
  }

  @Test
  void nothingThatIsSecretIsInAnyLog() throws IOException {
    var audit = dir.resolve("audit.log");
    try (var server = start(audit.toString())) {
      sendSecrets();
      server.stop();
    }
    var lines = Files.readAllLines(audit);
    assertTrue(lines.size() >= 20, lines::toString);
    assertTrue(logged.stream().anyMatch(line -> line.contains("\"operation\":\"PutObject\"")));
    assertTrue(logged.stream().anyMatch(line -> line.contains(" DEBUG ")));
    assertTrue(secrets.size() > 10);
    assertNothingSecret(lines);
    assertNothingSecret(logged);
  }

  @Test
  void norIsTheUrlOfACollector() {
    try (var server = start("http://127.0.0.1:1/hush?token=hush")) {
      assertEquals(200, send(signed(head("PUT", "/one")), ""));
      server.stop();
    }
    assertTrue(logged.stream().anyMatch(line -> line.contains("collector")), logged::toString);
    assertNothingSecret(logged);
  }
}
