package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PageEdgesTest {
  private static final int EDGE = 4096;

  @Test
  void theEdgesAreTheFirstAndLastBytesHoweverTheyCome() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var edges = new PageEdges();
    for (int run = 0; run < 200; run++) {
      byte[] bytes = new byte[random.nextInt(5 * EDGE)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ('a' + random.nextInt(26));
      }
      edges.clear();
      for (int at = 0; at < bytes.length; ) {
        int piece = Math.min(bytes.length - at, 1 + random.nextInt(2 * EDGE));
        edges.receive(ByteBuffer.wrap(bytes, at, piece));
        at += piece;
      }
      String text = new String(bytes, StandardCharsets.US_ASCII);
      String expected =
          text.length() <= 2 * EDGE
              ? text
              : text.substring(0, EDGE) + text.substring(text.length() - EDGE);
      assertEquals(expected, edges.text(), "seed " + seed + ", run " + run);
    }
  }
}
