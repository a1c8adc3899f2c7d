package io.coffer.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.fuzz.Refusals;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.nio.charset.StandardCharsets;

/** Range and conditions: eight bytes of the object's size, and the header. */
public final class RangeFuzz {
  private RangeFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < Long.BYTES) {
      return;
    }
    long size = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      size = size << 8 | (input[i] & 0xFF);
    }
    size &= (1L << 48) - 1;
    int length = input.length - Long.BYTES;
    var header = new String(input, Long.BYTES, length, StandardCharsets.ISO_8859_1);
    range(header, size);
    eTag(header);
  }

  private static void range(String header, long size) {
    try {
      Ranges.resolve(header, size)
          .ifPresent(
              range -> {
                assertTrue(range.offset() >= 0 && range.length() > 0, range::toString);
                assertTrue(range.offset() <= size - range.length(), range::toString);
              });
    } catch (S3Exception e) {
      assertEquals(S3Error.INVALID_RANGE, e.error());
      Refusals.check(e, header.length());
    }
  }

  private static void eTag(String header) {
    var bare = ETags.bare(header);
    assertTrue(bare.length() <= header.length());
    if (bare.indexOf(',') < 0 && bare.equals(bare.trim()) && !header.contains(",")) {
      assertTrue(ETags.matches(header, bare));
      assertTrue(ETags.matches("\"other\", " + header, bare));
    }
    boolean matches = ETags.matches(header, "d41d8cd98f00b204e9800998ecf8427e");
    assertTrue(!matches || header.contains("*") || header.contains("d41d8cd98f00b204e980099"));
  }
}
