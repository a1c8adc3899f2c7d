package io.coffer.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.AccessEntry;
import io.coffer.api.limits.LimitSettings;
import io.coffer.api.limits.Limits;
import io.coffer.service.Figures;
import io.coffer.storage.memory.MemoryStorage;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsTest {
  private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"([^\"]*)\"");

  private static AccessEntry entry(@Nullable String operation, int status, long micros) {
    return new AccessEntry(
        Instant.EPOCH,
        "127.0.0.1",
        false,
        null,
        null,
        null,
        null,
        null,
        "GET",
        "s3",
        operation,
        "bucket",
        "key",
        status,
        null,
        10,
        20,
        micros,
        "ID",
        null);
  }

  private static ServerMetrics metrics() {
    var metrics = new ServerMetrics();
    var scrub = new Figures.ScrubFigures(3, 1_700_000_000.5, 4, 5, 6, 7, 8);
    var figures = new Figures(1, 9, 10, 11, scrub);
    LimitMetrics.register(metrics.registry(), new Limits(LimitSettings.NONE));
    CertificateMetrics.register(
        metrics.registry(),
        InstantSource.fixed(Instant.EPOCH),
        () -> Optional.of(Instant.ofEpochSecond(86_400)));
    new AuditCounts().register(metrics.registry());
    StoreMetrics.register(metrics.registry(), MemoryStorage.create(1_000), () -> figures, 256);
    return metrics;
  }

  private static void assertLine(String expected, String text) {
    assertTrue(text.lines().anyMatch(expected::equals), expected + " in\n" + text);
  }

  @Test
  void requestsAreCountedByOperationAndStatus() {
    var metrics = metrics();
    metrics.count(entry("GetObject", 200, 700));
    metrics.count(entry("GetObject", 206, 3_000_000));
    metrics.count(entry("GetObject", 404, 100));
    metrics.count(entry(null, 0, 100));
    var text = metrics.text();
    assertLine("coffer_requests_total{operation=\"GetObject\",status=\"2xx\"} 2.0", text);
    assertLine("coffer_requests_total{operation=\"GetObject\",status=\"4xx\"} 1.0", text);
    assertLine("coffer_requests_total{operation=\"none\",status=\"none\"} 1.0", text);
    assertLine("coffer_received_bytes_total{operation=\"GetObject\"} 30.0", text);
    assertLine("coffer_sent_bytes_total{operation=\"GetObject\"} 60.0", text);
    assertLine(
        "coffer_request_duration_seconds_bucket{operation=\"GetObject\",le=\"5.0E-4\"} 1", text);
    assertLine(
        "coffer_request_duration_seconds_bucket{operation=\"GetObject\",le=\"0.001\"} 2", text);
    assertLine("coffer_request_duration_seconds_count{operation=\"GetObject\"} 3", text);
  }

  @Test
  void storageAndBackgroundWorkAreShownAsTheyAre() {
    var text = metrics().text();
    assertLine("coffer_health{state=\"sound\"} 1.0", text);
    assertLine("coffer_health{state=\"read_only\"} 0.0", text);
    assertLine("coffer_disk_free_bytes 1000.0", text);
    assertLine("coffer_disk_reserve_bytes 256.0", text);
    assertLine("coffer_scrub_pass 3.0", text);
    assertLine("coffer_scrub_last_pass_end_timestamp_seconds 1.7000000005E9", text);
    assertLine("coffer_scrub_bytes_total 6.0", text);
    assertLine("coffer_known_damage 8.0", text);
    assertLine("coffer_damaged_reads_total 1.0", text);
    assertLine("coffer_collector_backlog 9.0", text);
    assertLine("coffer_certificate_expiry_seconds 86400.0", text);
    assertLine("coffer_limited_requests_total{limit=\"server\"} 0.0", text);
    assertLine("coffer_audit_lost_lines_total 0.0", text);
  }

  @Test
  void noLabelHasWhatClientsChoose() {
    try (var server = CofferServer.start(ServerOptions.inMemory())) {
      var client = Client.of(server);
      client.send("PUT", "/secretbucket", "");
      client.send("PUT", "/secretbucket/secretkey", "content");
      client.send("GET", "/secretbucket/secretkey?secretparameter", "");
      client.send("GET", "/secretbucket?inventory&id=secretid", "");
      client.get("/secretbucket/secretkey");
      client.get("/-/secret");
      var text = pageWhenNothingElseIsInFlight(client);
      assertFalse(text.contains("secret"), text);
      var labels = new TreeSet<String>();
      LABEL.matcher(text).results().forEach(match -> labels.add(match.group(1)));
      assertEquals(Set.of("operation", "status", "state", "le", "version", "limit"), labels);
      assertLine("coffer_requests_total{operation=\"PutObject\",status=\"2xx\"} 1.0", text);
    }
  }

  /** A request ends a little after its client has the answer. */
  private static String pageWhenNothingElseIsInFlight(Client client) {
    while (true) {
      var text = client.get("/-/metrics").body();
      if (text.contains("\ncoffer_requests_in_flight 1.0\n")) {
        return text;
      }
    }
  }

  @Test
  void whatIsRefusedForItsHeadIsCountedToo() throws IOException {
    try (var server = CofferServer.start(ServerOptions.inMemory())) {
      for (int i = 0; i < 2; i++) {
        try (var socket = new Socket("127.0.0.1", server.address().getPort())) {
          socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(US_ASCII));
          var answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
          assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
        }
      }
      assertLine(
          "coffer_requests_total{operation=\"none\",status=\"4xx\"} 2.0",
          Client.of(server).get("/-/metrics").body());
    }
  }

  @Test
  void thePageCanBeTakenAway() {
    var flags =
        Map.of(Setting.METRICS, "off", Setting.ADDRESS, "127.0.0.1:0", Setting.ACCESS_LOG, "off");
    var options = OptionsReader.read(null, SettingValues.of(flags, Map.of(), null));
    try (var server = CofferServer.start(options)) {
      var client = Client.of(server);
      assertEquals(404, client.get("/-/metrics").status());
      assertEquals(200, client.get("/-/health/live").status());
    }
  }

  @Test
  void theDocumentIsWhatTheCodeSays() throws IOException {
    var metrics = metrics();
    metrics.count(entry("GetObject", 200, 700));
    var expected = MetricsTable.markdown(metrics.snapshots());
    var document = SettingsTest.repository().resolve("docs/metrics.md");
    if (Boolean.getBoolean("coffer.update.docs")) {
      Files.writeString(document, expected);
    }
    assertEquals(
        expected,
        Files.exists(document) ? Files.readString(document) : "",
        "docs/metrics.md is stale: ./mvnw -pl server -am test -Dcoffer.update.docs=true");
  }
}
