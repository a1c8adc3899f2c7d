package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding, beside the JDK's own where that is as strict. */
public final class UriEncodingFuzz {
  private UriEncodingFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    var raw = new String(input, StandardCharsets.ISO_8859_1);
    boolean isAscii = raw.chars().allMatch(c -> c < 0x80);
    var ofQuery = UriEncoding.decodeQuery(raw);
    if (ofQuery != null && isAscii) {
      assertEquals(URLDecoder.decode(raw, StandardCharsets.UTF_8), ofQuery);
    }
    var decoded = UriEncoding.decode(raw);
    if (decoded != null) {
      for (boolean keepSlash : new boolean[] {true, false}) {
        var encoded = UriEncoding.encode(decoded, keepSlash);
        assertEquals(decoded, UriEncoding.decode(encoded));
        assertEquals(encoded, UriEncoding.canonical(raw, keepSlash, false));
        assertTrue(encoded.length() <= 3 * input.length);
      }
    }
    var canonical = UriEncoding.canonical(raw, true, false);
    assertTrue(canonical.matches("[A-Za-z0-9._~/%-]*"));
    assertEquals(canonical, UriEncoding.canonical(canonical, true, false));
  }
}
