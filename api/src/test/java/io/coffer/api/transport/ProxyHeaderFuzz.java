package io.coffer.api.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** The PROXY header: waited for, read, or refused, and that at the first byte that tells. */
public final class ProxyHeaderFuzz {
  private ProxyHeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var whole = read(input, input.length);
    if (whole == null) {
      return;
    }
    if (whole.header() == null) {
      for (int length = 0; length < Math.min(input.length, 64); length++) {
        assertEquals(whole, read(input, length));
      }
      return;
    }
    int length = whole.header().length();
    assertTrue(length >= 16 && length <= Math.min(input.length, ProxyHeader.MAX_BYTES));
    assertEquals(whole, read(input, length));
    var shorter = read(input, length - 1);
    assertTrue(shorter != null);
    assertNull(shorter.header());
  }

  /**
   * @param header null while bytes are missing
   */
  private record Outcome(@Nullable ProxyHeader header) {}

  /** Null when it is refused. */
  private static @Nullable Outcome read(byte[] input, int length) {
    try {
      return new Outcome(ProxyHeader.read(Unpooled.wrappedBuffer(input, 0, length)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
