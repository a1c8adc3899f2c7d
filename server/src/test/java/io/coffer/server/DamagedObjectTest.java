package io.coffer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a client of a running server gets to see of a damaged file. */
@Timeout(60)
class DamagedObjectTest {
  @TempDir Path dir;

  private static String large() {
    var bytes = new byte[2_000_000];
    new Random(7).nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void damageIsAnErrorThatNamesTheObjectOrAShortAnswerAndNeverWrongBytes() throws IOException {
    var data = new DataOnDisk(dir.resolve("data"));
    var content = large();
    try (var server = CofferServer.start(data.options())) {
      var client = Client.of(server);
      client.send("PUT", "/bucket", "");
      assertEquals(200, client.send("PUT", "/bucket/key", content).status());
      var file = data.blobFile(content);

      DataOnDisk.flip(file, 3_900_000);
      assertBreaksOff(client, content);
      assertEquals(200, client.send("HEAD", "/bucket/key", "").status());

      DataOnDisk.flip(file, 10);
      assertNamed(client.send("GET", "/bucket/key", ""));
      DataOnDisk.flip(file, 10);
      DataOnDisk.flip(file, 3_900_000);
      assertEquals(content, client.send("GET", "/bucket/key", "").body());

      DataOnDisk.truncate(file, 1_000_000);
      assertNamed(client.send("GET", "/bucket/key", ""));
      Files.delete(file);
      assertNamed(client.send("GET", "/bucket/key", ""));
      assertEquals(200, client.send("HEAD", "/bucket/key", "").status());

      var metrics = client.get("/-/metrics").body();
      assertTrue(metrics.contains("\ncoffer_damaged_reads_total 5.0\n"), metrics);
      assertEquals(204, client.send("DELETE", "/bucket/key", "").status());
    }
  }

  private static void assertNamed(Client.Answer answer) {
    assertEquals(500, answer.status());
    assertTrue(answer.body().contains("<Code>InternalError</Code>"), answer.body());
    assertTrue(
        answer.body().contains("is damaged on the disk of the server: bucket=bucket key="),
        answer.body());
    assertTrue(answer.body().contains("<Key>key</Key>"), answer.body());
  }

  private static void assertBreaksOff(Client client, String content) throws IOException {
    assertThrows(UncheckedIOException.class, () -> client.send("GET", "/bucket/key", ""));
    var connection =
        (HttpURLConnection) client.presigned("GET", "/bucket/key").toURL().openConnection();
    assertEquals(200, connection.getResponseCode());
    try (var in = connection.getInputStream()) {
      var bytes = new byte[content.length()];
      int size = 0;
      try {
        for (int read = 0; read >= 0; read = in.read(bytes, size, bytes.length - size)) {
          size += read;
        }
      } catch (IOException e) {
        // The connection was broken off.
      }
      assertTrue(size < 3_900_000, size + " bytes");
      assertTrue(content.startsWith(new String(bytes, 0, size, StandardCharsets.UTF_8)));
    }
  }
}
