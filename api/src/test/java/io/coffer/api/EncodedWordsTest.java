package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodedWordsTest {
  @ParameterizedTest
  @CsvSource({
    "AMAZONS3, AMAZONS3",
    "=?UTF-8?B?w4RNw4TDllrDlcORIFMz?=, ÄMÄÖZÕÑ S3",
    "=?utf-8?q?caf=C3=A9_x?=, café x",
    "=?ISO-8859-1?Q?caf=E9?=, café",
    "=?UTF-8?B?w6Q=?= =?UTF-8?B?w7Y=?=, äö",
    "a =?UTF-8?B?w6Q=?= b, a ä b",
    "=?UTF-8?B?!!!?=, =?UTF-8?B?!!!?=",
    "=?UTF-8?B?/w==?=, =?UTF-8?B?/w==?=",
    "=?KLINGON?B?w6Q=?=, =?KLINGON?B?w6Q=?=",
    "=?UTF-8?Q?=4?=, =?UTF-8?Q?=4?=",
    "=?, =?",
  })
  void goodWordsAreDecodedAndOthersKept(String value, String text) {
    assertEquals(text, EncodedWords.decode(value));
  }

  @Test
  void asciiStaysAsItIs() {
    assertEquals("plain ~ text", EncodedWords.encode("plain ~ text"));
  }

  @Test
  void aLineEndNeverGoesOutAsItIs() {
    assertEquals("=?UTF-8?B?YQ0KYg==?=", EncodedWords.encode("a\r\nb"));
  }

  @Test
  void everyTextComesBack() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 2_000; i++) {
      var text = RandomRecords.text(random, random.nextInt(60));
      assertEquals(text, EncodedWords.decode(EncodedWords.encode(text)), () -> "seed " + seed);
    }
  }
}
