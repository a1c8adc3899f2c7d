package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The header of the PROXY protocol, and who may send it. */
@Timeout(60)
class ProxyHeaderTest {
  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String V4 = SIGNATURE + "2111000cc0000207c63364010fa001bb";
  private static final String V6 =
      SIGNATURE
          + "21210024"
          + "20010db8000000000000000000000001"
          + "20010db8000000000000000000000002"
          + "0fa001bb";
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }

  private static ProxyHeader read(byte[] bytes) {
    var header = ProxyHeader.read(Unpooled.wrappedBuffer(bytes));
    assertTrue(header != null);
    return header;
  }

  @Test
  void bothFamiliesAreRead() {
    var four = read(hex(V4)).source();
    assertTrue(four != null);
    assertEquals("192.0.2.7:4000", four.getHostString() + ":" + four.getPort());
    var six = read(hex(V6)).source();
    assertTrue(six != null);
    assertEquals("2001:db8:0:0:0:0:0:1", six.getAddress().getHostAddress());
  }

  @Test
  void aProxyMaySpeakForItself() {
    assertEquals(new ProxyHeader(null, 16), read(hex(SIGNATURE + "20000000")));
    assertEquals(new ProxyHeader(null, 17), read(hex(SIGNATURE + "2131000100")));
  }

  @Test
  void whatProxiesAddIsSkipped() {
    var header = read(hex(SIGNATURE + "21110010c0000207c63364010fa001bb" + "04000141" + "474554"));
    assertEquals(32, header.length());
  }

  @Test
  void aHeaderThatIsCutOffIsWaitedFor() {
    var whole = hex(V6);
    for (int length = 0; length < whole.length; length++) {
      assertNull(ProxyHeader.read(Unpooled.wrappedBuffer(whole, 0, length)));
    }
  }

  @Test
  void whatIsNoHeaderIsRefusedAtItsFirstWrongByte() {
    for (var wrong :
        new String[] {
          "47", // G
          "0d0a0d0b",
          SIGNATURE + "1111000c", // version 1
          SIGNATURE + "2211000c", // a command that there is not
          SIGNATURE + "2111ffff", // longer than anybody's
          SIGNATURE + "2111000bc0000207c63364010fa001", // addresses cut off
        }) {
      assertThrows(IllegalArgumentException.class, () -> read(hex(wrong)), wrong);
    }
  }

  @Test
  void damagedHeadersAreReadOrRefused() {
    long seed = new Random().nextLong();
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      var bytes = Arrays.copyOf(hex(i % 2 == 0 ? V4 : V6), random.nextInt(80));
      for (int j = random.nextInt(3); j > 0 && bytes.length > 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        var header = ProxyHeader.read(Unpooled.wrappedBuffer(bytes));
        assertTrue(header == null || header.length() <= bytes.length);
      } catch (IllegalArgumentException e) {
        continue;
      }
    }
  }

  private static void remote(Exchange exchange) throws IOException {
    Given.respond(exchange, 200, exchange.remote().getHostString());
  }

  @Test
  void aTrustedPeerSaysWhereItsClientIs() throws Exception {
    var settings = Given.settings(Duration.ofSeconds(5)).withProxies(peer -> true);
    try (var given = Given.server(settings, ProxyHeaderTest::remote);
        var client = given.client()) {
      for (byte b : hex(V4)) {
        client.send(new byte[] {b});
      }
      assertEquals("192.0.2.7", client.send(GET).answer().text());
      assertEquals("192.0.2.7", client.send(GET).answer().text());
    }
    try (var given = Given.server(settings, ProxyHeaderTest::remote);
        var client = given.client()) {
      var itself =
          SIGNATURE
              + "20000000"
              + HexFormat.of().formatHex(GET.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
      assertEquals("127.0.0.1", client.send(hex(itself)).answer().text());
    }
  }

  @Test
  void aTrustedPeerWithoutAHeaderIsClosed() throws Exception {
    var settings = Given.settings(Duration.ofSeconds(5)).withProxies(peer -> true);
    try (var given = Given.server(settings, ProxyHeaderTest::remote);
        var client = given.client()) {
      client.send(GET);
      assertThrows(IOException.class, client::answer);
      Given.await(() -> given.server.connections() == 0 && given.usedBytes() == 0);
    }
  }

  @Test
  void nobodyElsesHeaderIsBelieved() throws Exception {
    try (var given = Given.server(ProxyHeaderTest::remote);
        var client = given.client()) {
      assertEquals(400, client.send(hex(V4)).send(GET).answer().status());
    }
  }
}
