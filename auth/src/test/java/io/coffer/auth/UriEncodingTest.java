package io.coffer.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Percent-encoding there and back. */
class UriEncodingTest {
  @Test
  void onlyUnreservedCharactersStay() {
    assertEquals("AZaz09-._~", UriEncoding.encode("AZaz09-._~", false));
    assertEquals("a%2Fb", UriEncoding.encode("a/b", false));
    assertEquals("a/b", UriEncoding.encode("a/b", true));
    assertEquals("%20%2B%25%2A%27%28%29%00%7F", UriEncoding.encode(" +%*'()\0\u007F", true));
    assertEquals("%C3%A4%F0%9F%98%80", UriEncoding.encode("ä😀", true));
  }

  @Test
  void whatIsEncodedDecodesToTheSame() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var text = new StringBuilder();
      for (int n = random.nextInt(20); n > 0; n--) {
        int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
        text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
      }
      for (boolean keepSlash : new boolean[] {true, false}) {
        var encoded = UriEncoding.encode(text.toString(), keepSlash);
        assertEquals(text.toString(), UriEncoding.decode(encoded), "seed " + seed);
        assertEquals(text.toString(), UriEncoding.decodeQuery(encoded), "seed " + seed);
        assertEquals(encoded, UriEncoding.canonical(encoded, keepSlash, false), "seed " + seed);
      }
    }
  }

  @Test
  void aPlusSignIsABlankInAQueryOnly() {
    assertEquals("a+b", UriEncoding.decode("a+b"));
    assertEquals("a b", UriEncoding.decodeQuery("a+b"));
    assertEquals("a+b", UriEncoding.decodeQuery("a%2Bb"));
  }

  @Test
  void nothingIsNormalised() {
    assertEquals("/a//../.\u0001/", UriEncoding.decode("/a//../.%01/"));
    assertEquals("/a/b", UriEncoding.decode("/a%2Fb"));
  }

  @Test
  void malformedTextIsNull() {
    for (var raw : List.of("%", "%4", "%zz", "a%2", "%%41", "%+1", "%C3", "%C3%28", "%ED%A0%80")) {
      assertNull(UriEncoding.decode(raw), raw);
      assertNull(UriEncoding.decodeQuery(raw), raw);
    }
  }

  @Test
  void rawBytesAreTakenAsTheyAre() {
    var bytes = new String("ä日".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    assertEquals("ä日", UriEncoding.decode(bytes));
    assertEquals("日", UriEncoding.decode("日"));
    assertNull(UriEncoding.decode("ä"));
  }

  @Test
  void allSpellingsOfAPathAreOneCanonicalPath() {
    for (var raw : List.of("/a b+c", "/a%20b%2Bc", "/%61 b%2bc", "%2fa b+c")) {
      assertEquals("/a%20b%2Bc", UriEncoding.canonical(raw, true, false));
    }
    assertEquals("/50%25", UriEncoding.canonical("/50%", true, false));
    assertEquals("a%20b%2Fc", UriEncoding.canonical("a+b/c", false, true));
  }
}
