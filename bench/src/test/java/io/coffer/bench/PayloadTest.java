package io.coffer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private final Content content = new Content(5);

  @Test
  void theETagOfAnObjectIsItsMd5() {
    var empty = Payload.of(content, new Slice(77, 0), 1).fingerprint();
    assertEquals("d41d8cd98f00b204e9800998ecf8427e", empty.eTag());
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", empty.sha256());
  }

  @Test
  void partsMakeTheBytesThatTheyAreMadeOf() {
    var whole = Payload.of(content, new Slice(10, 3000), 1);
    var parts =
        List.of(
            Payload.of(content, new Slice(10, 1000), -1),
            Payload.of(content, new Slice(1010, 2000), -1));
    var object = Payload.ofParts(content, parts, 1);
    assertEquals(whole.fingerprint().sha256(), object.fingerprint().sha256());
    assertEquals(3000, object.length());
    assertEquals("-2", object.fingerprint().eTag().substring(32));
    assertEquals(whole.fingerprint(), object.copy(content, 1).fingerprint());
  }

  @Test
  void aPieceGoesOnWhereThePeriodBeginsAnew() {
    int period = Content.PERIOD_BYTES;
    var around = Payload.of(content, new Slice(period - 5, 10), 1);
    var parts =
        List.of(
            Payload.of(content, new Slice(period - 5, 5), -1),
            Payload.of(content, new Slice(0, 5), -1));
    assertEquals(
        around.fingerprint().sha256(), Payload.ofParts(content, parts, 1).fingerprint().sha256());
  }
}
