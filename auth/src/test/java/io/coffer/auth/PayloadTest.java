package io.coffer.auth;

import static io.coffer.auth.Fixture.EMPTY_SHA256;
import static io.coffer.auth.Fixture.KEY_ID;
import static io.coffer.auth.Fixture.NOW;
import static io.coffer.auth.Fixture.SECRET;
import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.authenticator;
import static io.coffer.auth.Fixture.head;
import static io.coffer.auth.Fixture.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.coffer.model.Body;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What x-amz-content-sha256 announces, signed and anonymous. */
class PayloadTest {
  private static final byte[] HELLO = TestSigner.utf8("hello, world");
  private static final String UNSIGNED_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

  private static Payload signed(String hash, String... headers) {
    var lines = Stream.concat(Stream.of("Host: h"), Stream.of(headers)).toArray(String[]::new);
    var head = new Signer(KEY_ID, SECRET, "us-east-1").sign(head("PUT /b/k", lines), hash, NOW);
    return authenticator().authenticate(head).payload();
  }

  private static Payload anonymous(RequestHead head) {
    var authentication = authenticator().authenticate(head);
    assertEquals(new Caller.Anonymous(), authentication.caller());
    return authentication.payload();
  }

  @Test
  void anUnsignedBodyIsPassedOn() {
    var raw = Body.of(HELLO);

    assertSame(raw, signed("UNSIGNED-PAYLOAD").open(raw));
  }

  @Test
  void aHashedBodyIsReadWhenItMatches() throws IOException {
    for (var hash :
        new String[] {
          TestSigner.sha256(HELLO), TestSigner.sha256(HELLO).toUpperCase(Locale.ROOT)
        }) {
      var body = signed(hash).open(Fixture.cut(HELLO, 2, 5));
      assertEquals(HELLO.length, body.length());
      assertArrayEquals(HELLO, Fixture.read(body));
    }
    assertEquals(0, Fixture.read(signed(EMPTY_SHA256).open(Body.empty())).length);
  }

  @Test
  void aBodyWithAnotherHashIsRefusedBeforeItsLastBytesAreGiven() throws IOException {
    var body = signed(EMPTY_SHA256).open(Fixture.cut(HELLO, 2));

    assertEquals(2, remaining(body));
    var thrown = assertFails(S3Error.CONTENT_SHA256_MISMATCH, body::next);
    assertEquals(
        Map.of(
            "ClientComputedContentSHA256",
            EMPTY_SHA256,
            "S3ComputedContentSHA256",
            TestSigner.sha256(HELLO)),
        thrown.fields());
    var empty = signed(TestSigner.sha256(HELLO)).open(Body.empty());
    assertFails(S3Error.CONTENT_SHA256_MISMATCH, empty::next);
  }

  private static int remaining(Body body) throws IOException {
    var bytes = body.next();
    return bytes == null ? 0 : bytes.remaining();
  }

  @Test
  void anythingElseIsRefused() {
    for (var value : new String[] {"sha256", "UNSIGNED", EMPTY_SHA256 + "0", "g".repeat(64)}) {
      var thrown = assertFails(S3Error.INVALID_ARGUMENT, () -> signed(value));
      assertEquals("x-amz-content-sha256", thrown.fields().get("ArgumentName"));
      assertEquals(value, thrown.fields().get("ArgumentValue"));
    }
    assertFails(S3Error.NOT_IMPLEMENTED, () -> signed("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD"));
    assertFails(
        S3Error.NOT_IMPLEMENTED, () -> signed("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER"));
  }

  @Test
  void aChunkedBodyMustSayHowLongItsContentIs() {
    for (var form :
        new String[] {
          UNSIGNED_TRAILER,
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"
        }) {
      assertFails(S3Error.MISSING_CONTENT_LENGTH, () -> signed(form));
      for (var length : new String[] {"-1", "1e3", "9".repeat(19), "0x10", "1 2"}) {
        assertFails(
            S3Error.INVALID_ARGUMENT,
            () -> signed(form, "x-amz-decoded-content-length: " + length));
      }
      assertEquals(5, signed(form, "x-amz-decoded-content-length: 5").open(Body.empty()).length());
    }
  }

  @Test
  void onlyChecksumsMayTrail() {
    assertFails(
        S3Error.INVALID_REQUEST,
        () ->
            signed(
                UNSIGNED_TRAILER,
                "x-amz-decoded-content-length: 5",
                "x-amz-trailer: content-type"));
    var layout =
        signed(
            UNSIGNED_TRAILER,
            "x-amz-decoded-content-length: 5",
            "x-amz-trailer: X-Amz-Checksum-CRC32 , x-amz-checksum-sha1");
    assertEquals(
        List.of("x-amz-checksum-crc32", "x-amz-checksum-sha1"),
        layout.open(Body.empty()).announcedTrailers());
  }

  @Test
  void anonymousBodiesAreCheckedAsTheirHeaderSays() throws IOException {
    var bare = head("PUT /b/k", "Host: h");
    var hashed = with(bare, "x-amz-content-sha256", EMPTY_SHA256);
    assertFails(
        S3Error.CONTENT_SHA256_MISMATCH,
        () -> Fixture.read(anonymous(hashed).open(Body.of(HELLO))));

    var chunked =
        with(
            with(
                with(bare, "x-amz-content-sha256", UNSIGNED_TRAILER),
                "x-amz-decoded-content-length",
                "12"),
            "x-amz-trailer",
            "x-amz-checksum-crc32");
    var raw = "c\r\nhello, world\r\n0\r\nx-amz-checksum-crc32:/6twfA==\r\n\r\n";
    var body = anonymous(chunked).open(Body.of(TestSigner.utf8(raw)));
    assertArrayEquals(HELLO, Fixture.read(body));
    assertEquals(Map.of("x-amz-checksum-crc32", "/6twfA=="), body.trailers());
  }

  @Test
  void chunksCannotBeSignedWhenTheRequestIsNot() {
    var head =
        head(
            "PUT /b/k",
            "Host: h",
            "x-amz-decoded-content-length: 5",
            "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD");

    assertFails(S3Error.INVALID_ARGUMENT, () -> authenticator().authenticate(head));
  }
}
