package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
  private static final int RECORD_AND_HANDSHAKE_HEADER = 5 + 4;
  private static final String ACME = "acme-tls/1";

  /** As Java's own client begins. */
  private static byte[] hello(String... protocols) throws Exception {
    var engine = SSLContext.getDefault().createSSLEngine("a.example", 443);
    engine.setUseClientMode(true);
    var parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    engine.setSSLParameters(parameters);
    var record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), record);
    return Arrays.copyOfRange(record.array(), RECORD_AND_HANDSHAKE_HEADER, record.position());
  }

  private static boolean offersOnly(byte[] hello) {
    ByteBuf buffer = Unpooled.wrappedBuffer(hello);
    boolean offers = ClientHello.offersOnly(ACME, buffer);
    assertEquals(0, buffer.readerIndex());
    return offers;
  }

  @Test
  void theOneProtocolIsFoundAndNoOther() throws Exception {
    assertTrue(offersOnly(hello(ACME)));
    assertFalse(offersOnly(hello("http/1.1")));
    assertFalse(offersOnly(hello(ACME, "http/1.1")));
    assertFalse(offersOnly(hello("http/1.1", ACME)));
    assertFalse(offersOnly(hello()));
  }

  @Test
  void whatIsCutOffOffersNothing() throws Exception {
    var whole = hello(ACME);
    for (int length = 0; length < whole.length; length++) {
      assertFalse(offersOnly(Arrays.copyOf(whole, length)), "the first " + length + " bytes");
    }
  }

  @Test
  void whatIsDamagedThrowsNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ClientHelloTest seed " + seed);
    var random = new Random(seed);
    var whole = hello(ACME);
    for (int i = 0; i < 20_000; i++) {
      var damaged = whole.clone();
      for (int j = random.nextInt(1, 6); j > 0; j--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      offersOnly(damaged);
    }
  }
}
