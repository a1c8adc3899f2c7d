package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.api.limits.LimitSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bandwidth of an account at a real server, whose objects are sent out of their files. */
@Timeout(60)
class BandwidthTest {
  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path dir;

  @Test
  void uploadsAndDownloadsTogetherKeepToItAndArriveWhole() {
    var limits = new LimitSettings(0, 0, 0, 4 * MEBIBYTE, 0);
    var options =
        ServerOptions.inMemory()
            .withDirectory(dir.resolve("data"))
            .withEdge(EdgeOptions.PLAIN.withLimits(limits));
    var content = "0123456789abcde\n".repeat(3 * MEBIBYTE / 16);
    try (var server = CofferServer.start(options)) {
      var client = Client.of(server);
      assertEquals(200, client.send("PUT", "/one", "").status());
      long begin = System.nanoTime();
      assertEquals(200, client.send("PUT", "/one/key", content).status());
      assertEquals(content, client.send("GET", "/one/key", "").body());
      double seconds = (System.nanoTime() - begin) / 1e9;
      assertTrue(seconds > 0.45, "6 MiB, 4 of them at once, in " + seconds + " s");
      var metrics = client.get("/-/metrics").body();
      assertTrue(metrics.contains("coffer_bandwidth_wait_seconds_total 0."), metrics);
    }
  }
}
