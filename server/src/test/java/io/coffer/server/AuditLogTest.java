package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The audit log of a real server. */
@Timeout(60)
class AuditLogTest {
  @TempDir Path dir;

  private static ServerOptions options(Map<Setting, String> flags) {
    var address = Map.of(Setting.ADDRESS.variable(), "127.0.0.1:0");
    return OptionsReader.read(null, SettingValues.of(flags, address, null));
  }

  private interface Use {
    void run(CofferServer server, Client client);
  }

  /** The lines that a server writes while it is used, in the order in which requests came. */
  private List<JsonNode> linesOf(Use use) throws IOException {
    var file = dir.resolve("audit.log");
    var flags = Map.of(Setting.AUDIT_LOG, file.toString());
    try (var server = CofferServer.start(options(flags))) {
      use.run(server, Client.of(server));
      server.stop();
    }
    return Files.readAllLines(file).stream()
        .map(JsonMapper.shared()::readTree)
        .sorted(Comparator.comparing((JsonNode line) -> Instant.parse(text(line, "time"))))
        .toList();
  }

  private static String text(JsonNode line, String field) {
    return line.has(field) ? line.get(field).asString() : "";
  }

  @Test
  void eachRequestIsALineThatSaysWhoDidWhat() throws IOException {
    var lines =
        linesOf(
            (server, client) -> {
              client.send("PUT", "/one", "");
              client.send("PUT", "/one/a%20%22key%22%0A", "content");
              client.send("GET", "/one/a%20%22key%22%0A", "");
            });
    assertEquals(3, lines.size());
    var put = lines.get(1);
    assertEquals("s3", text(put, "service"));
    assertEquals("PutObject", text(put, "action"));
    assertEquals("one", text(put, "bucket"));
    assertEquals("a \"key\"\n", text(put, "key"));
    assertEquals("000000000001", text(put, "account"));
    assertEquals("arn:aws:iam::000000000001:root", text(put, "principal"));
    assertFalse(text(put, "accessKeyId").isEmpty());
    assertEquals("allowed", text(put, "decision"));
    assertEquals("127.0.0.1", text(put, "source"));
    assertFalse(put.get("secure").asBoolean());
    assertEquals(200, put.get("status").asInt());
    assertEquals(7, put.get("bytesIn").asLong());
    assertTrue(put.get("durationMicros").asLong() > 0);
    assertTrue(text(put, "time").matches("\\d{4}-\\d\\d-\\d\\dT.*Z"));
    assertEquals(16, text(put, "requestId").length());
    assertFalse(put.has("errorCode"));
    assertEquals(7, lines.get(2).get("bytesOut").asLong());
  }

  @Test
  void itTellsWhoIsNotAllowedFromWhoIsNotKnown() throws IOException {
    var lines =
        linesOf(
            (server, client) -> {
              client.get("/");
              var stranger = new Client(server.address(), "STRANGER", "long secret", "us-east-1");
              stranger.send("GET", "/one", "");
              var key = server.rootCredential().accessKeyId();
              new Client(server.address(), key, "wrong secret", "us-east-1").send("GET", "/", "");
              client.send("GET", "/none", "");
              client.get("/-/health/live");
            });
    var decisions = lines.stream().map(line -> text(line, "decision")).toList();
    assertEquals(List.of("denied", "unauthenticated", "unauthenticated", "allowed", ""), decisions);
    assertEquals("InvalidAccessKeyId", text(lines.get(1), "errorCode"));
    assertEquals("", text(lines.get(1), "accessKeyId"));
    assertEquals("SignatureDoesNotMatch", text(lines.get(2), "errorCode"));
    assertEquals("", text(lines.get(2), "principal"));
    assertEquals("NoSuchBucket", text(lines.get(3), "errorCode"));
    assertEquals("", text(lines.get(4), "service"));
  }

  @Test
  void withoutAFileToWriteTheServerDoesNotStart() {
    var file = dir.resolve("none").resolve("audit.log");
    var options = options(Map.of(Setting.AUDIT_LOG, file.toString()));
    assertThrows(UsageException.class, () -> CofferServer.start(options));
  }

  @Test
  void whatIsNeitherAFileNorAUrlIsRefusedWithoutRepeatingIt() {
    for (var wrong : List.of("ftp://h/x", "http://user:hidden@h/x", "http://", "https://a b/")) {
      var error =
          assertThrows(
              UsageException.class, () -> options(Map.of(Setting.AUDIT_LOG, wrong)), wrong);
      assertFalse(String.valueOf(error.getMessage()).contains("hidden"), error.getMessage());
    }
  }

  @Test
  void aUrlIsACollector() {
    var audit = options(Map.of(Setting.AUDIT_LOG, "https://h.example/x?t=1")).edge().audit();
    assertEquals("https://h.example/x?t=1", String.valueOf(audit.collector()));
    assertFalse(options(Map.of()).edge().audit().isOn());
  }
}
