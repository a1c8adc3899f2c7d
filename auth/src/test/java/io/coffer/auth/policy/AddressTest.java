package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2.3",
        "1.2.3.4.5",
        "256.0.0.1",
        "1.2.3.x",
        "1.2.3.-4",
        "1..2.3",
        "1.2.3.4/",
        "1.2.3.4/33",
        "1.2.3.4/-1",
        "1.2.3.4/x",
        "1.2.3.4/08x",
        ":",
        ":::",
        "1::2::3",
        "1:2:3",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7::8:9",
        "12345::",
        "g::",
        "::1%eth0",
        "::/129",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.4:5",
        "٣.1.1.1",
        "localhost",
        "example.com/8"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertNull(CidrBlock.parse(text), text);
  }

  @Test
  void addressesAreReadAsTheJdkReadsThem() throws UnknownHostException {
    long seed = System.nanoTime();
    System.out.println("AddressTest: seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      if (bytes.length == 16 && random.nextBoolean()) {
        Arrays.fill(bytes, 2, 2 + random.nextInt(13), (byte) 0);
      }
      var text = InetAddress.getByAddress(bytes).getHostAddress();
      var block = CidrBlock.parse(text);
      assertNotNull(block, text);
      assertArrayEquals(bytes, block.address(), text);
      assertEquals(bytes.length * 8, block.prefix());
    }
  }

  @Test
  void aGapStandsForZeros() {
    for (var text : new String[] {"::", "::0", "0::0", "0:0:0:0:0:0:0:0", "::0.0.0.0"}) {
      var block = CidrBlock.parse(text);
      assertNotNull(block, text);
      assertArrayEquals(new byte[16], block.address(), text);
    }
  }
}
