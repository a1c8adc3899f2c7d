package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FiguresTest {
  @Test
  void theMedianIsTheMiddleOne() {
    assertEquals(new Spread(3, 1, 9), Spread.of(9, 1, 3));
    assertEquals(new Spread(2.5, 1, 9), Spread.of(9, 1, 3, 2));
    assertEquals(new Spread(7, 7, 7), Spread.of(7));
  }

  @Test
  void aProcessIsMeasuredWithItsLivingChildren(@TempDir Path proc) throws IOException {
    process(proc, 10, 1, "a) b (c", 300, 50, 1000, 2000);
    process(proc, 11, 10, "child", 10, 5, 10, 20);
    process(proc, 12, 11, "grandchild", 1, 1, 1, 2);
    process(proc, 13, 1, "stranger", 9999, 9999, 9999, 9999);
    assertEquals(new ProcessUsage(367 * 10_000, 1011 << 10, 2022 << 10), ProcessUsage.of(proc, 10));
    assertThrows(IOException.class, () -> ProcessUsage.of(proc, 14));
  }

  private static void process(
      Path proc, int pid, int parent, String name, int user, int system, int rss, int peak)
      throws IOException {
    Path directory = Files.createDirectory(proc.resolve(Integer.toString(pid)));
    Files.writeString(
        directory.resolve("stat"),
        "%d (%s) S %d 1 1 0 -1 4194560 1 2 3 4 %d %d 0 0 20 0 1 0 5\n"
            .formatted(pid, name, parent, user, system));
    Files.writeString(
        directory.resolve("status"),
        "Name:\t%s\nVmHWM:\t%8d kB\nVmRSS:\t%8d kB\n".formatted(name, peak, rss));
  }

  @Test
  void thisProcessTakesMemory() throws IOException {
    var usage = ProcessUsage.of(ProcessHandle.current().pid());
    assertTrue(usage.rssBytes() > 1 << 20 && usage.peakBytes() >= usage.rssBytes(), "" + usage);
  }

  private static Round round(long requests, long cpuMicros, double p99) {
    return new Round(
        requests,
        requests,
        0,
        null,
        2,
        cpuMicros,
        1.5,
        p99,
        new ProcessUsage(0, 100 << 20, 200 << 20));
  }

  @Test
  void aLineOfTheTableHasMediansAndRatiosToTheFirst() {
    var first = new Endpoint("first", "h", 1, "a", "s", 7);
    var second = new Endpoint("second", "h", 2, "a", "s", 0);
    Map<Endpoint, List<Round>> rounds = new LinkedHashMap<>();
    rounds.put(first, List.of(round(1000, 40_000, 9), round(2000, 40_000, 8), round(4000, 4, 7)));
    rounds.put(second, List.of(round(500, 0, 1)));
    assertEquals(
        """
        | get1m | 8 | first | 1,000 | 500–2,000 | 1.00 | 1,049 | 20.0 | 1.00 | 1.50 | 8.00 | 0 | 100 | 200 |
        | get1m | 8 | second | 250 | 250–250 | 0.25 | 262 | – | – | 1.50 | 1.00 | 0 | – | – |
        """,
        Report.lines(Work.parse("get1m"), 8, rounds));
  }

  @Test
  void contentIsToldFromOtherBytes() {
    var content = new Content(4);
    long offset = Content.PERIOD_BYTES - 3;
    byte[] bytes = new byte[10];
    content.at(offset, 3).get(bytes, 0, 3);
    content.at(0, 7).get(bytes, 3, 7);
    assertTrue(content.matches(offset, ByteBuffer.wrap(bytes)));
    bytes[9]++;
    assertFalse(content.matches(offset, ByteBuffer.wrap(bytes)));
  }
}
