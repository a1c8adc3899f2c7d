package io.coffer.auth;

import static io.coffer.auth.Fixture.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.Body;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every form of aws-chunked body, however it is cut, and what is refused of them. */
class AwsChunkedBodyTest {
  private static final Map<String, String> CRC32 = Map.of("x-amz-checksum-crc32", "i9aeUg==");
  private static final String CRC32_LINE = "x-amz-checksum-crc32:i9aeUg==";
  private static final byte[] CONTENT = random(8_192 + 300);
  private static final ChunkSignatures.Seed SEED =
      new ChunkSignatures.Seed(
          SigningKey.derive(Fixture.SECRET, TestSigner.DATE, Fixture.REGION, SigningService.S3),
          TestSigner.TIME,
          TestSigner.SCOPE,
          ChunkedWriter.SEED);

  private static byte[] random(int length) {
    var bytes = new byte[length];
    new Random(7).nextBytes(bytes);
    return bytes;
  }

  private static ChunkedLayout layout(String... announced) {
    return new ChunkedLayout(CONTENT.length, announced.length > 0, List.of(announced), Set.of());
  }

  private static Body signed(byte[] raw, ChunkedLayout layout) {
    return new AwsChunkedBody(Fixture.cut(raw), layout, new ChunkSignatures(SEED));
  }

  private static Body unsigned(byte[] raw, ChunkedLayout layout) {
    return new AwsChunkedBody(Fixture.cut(raw), layout, null);
  }

  private static ChunkedLayout crc32() {
    return layout("x-amz-checksum-crc32");
  }

  private static byte[] unsignedWith(String end) {
    return ChunkedWriter.unsigned().content(CONTENT, 8_192).text(end).bytes();
  }

  private static void assertContent(Body body, Map<String, String> trailers) throws IOException {
    assertEquals(CONTENT.length, body.length());
    assertArrayEquals(CONTENT, Fixture.read(body));
    assertNull(body.next());
    assertEquals(trailers, body.trailers());
  }

  private static void assertRefused(S3Error error, Body body) {
    assertFails(error, () -> Fixture.read(body));
    assertThrows(S3Exception.class, body::next);
    assertEquals(Map.of(), body.trailers());
  }

  @Test
  void unsignedTrailersEndAsRealClientsEndThem() throws IOException {
    for (var end :
        List.of(
            CRC32_LINE + "\r\n\r\n", // boto3, Java, JavaScript, Rust, .NET
            CRC32_LINE + "\n\r\n\r\n", // minio-go
            CRC32_LINE + "\r\n",
            "X-Amz-Checksum-CRC32: i9aeUg== \r\n\r\n")) {
      assertContent(unsigned(unsignedWith(end), crc32()), CRC32);
    }
  }

  @Test
  void signedTrailersEndAsRealClientsEndThem() throws IOException {
    for (var lineEnd : List.of("\r\n", "\n\r\n", "\n")) {
      for (var end : List.of("\r\n", "", "\r\n\r\n")) {
        var raw =
            ChunkedWriter.signed()
                .content(CONTENT, 8_192)
                .text(CRC32_LINE + lineEnd)
                .trailerSignature(CRC32)
                .text(end)
                .bytes();
        assertContent(signed(raw, crc32()), CRC32);
      }
    }
  }

  @Test
  void signedChunksWithoutTrailersEndWithOrWithoutABlankLine() throws IOException {
    for (var end : List.of("\r\n", "")) {
      var raw = ChunkedWriter.signed().content(CONTENT, 8_192).text(end).bytes();
      assertContent(signed(raw, layout()), Map.of());
    }
  }

  @Test
  void severalTrailersAreSignedSortedOrAsSent() throws IOException {
    var asSent = new LinkedHashMap<String, String>();
    asSent.put("x-amz-checksum-sha1", "b");
    asSent.put("x-amz-checksum-crc32", "a");
    var sorted = new LinkedHashMap<String, String>();
    sorted.put("x-amz-checksum-crc32", "a");
    sorted.put("x-amz-checksum-sha1", "b");
    for (var order : List.of(asSent, sorted)) {
      var raw =
          ChunkedWriter.signed()
              .content(CONTENT, 8_192)
              .text("x-amz-checksum-sha1:b\r\nx-amz-checksum-crc32:a\r\n")
              .trailerSignature(order)
              .text("\r\n")
              .bytes();
      assertContent(signed(raw, layout("x-amz-checksum-crc32", "x-amz-checksum-sha1")), sorted);
    }
  }

  @Test
  void anEmptyContentIsOneChunk() throws IOException {
    var layout = new ChunkedLayout(0, true, List.of("x-amz-checksum-crc32"), Set.of());
    var empty = new byte[0];
    var signed =
        ChunkedWriter.signed()
            .content(empty, 1)
            .text(CRC32_LINE + "\r\n")
            .trailerSignature(CRC32)
            .text("\r\n")
            .bytes();
    var unsigned = ChunkedWriter.unsigned().content(empty, 1).text(CRC32_LINE + "\r\n\r\n");

    assertEquals(0, Fixture.read(signed(signed, layout)).length);
    assertEquals(0, Fixture.read(unsigned(unsigned.bytes(), layout)).length);
  }

  @Test
  void whereverTheRawBodyIsCutTheContentIsTheSame() throws IOException {
    var signed =
        ChunkedWriter.signed()
            .content(CONTENT, 8_192)
            .text(CRC32_LINE + "\r\n")
            .trailerSignature(CRC32)
            .text("\r\n")
            .bytes();
    var unsigned = unsignedWith(CRC32_LINE + "\r\n\r\n");
    for (int i = 1; i < signed.length; i++) {
      var body = new AwsChunkedBody(Fixture.cut(signed, i), crc32(), new ChunkSignatures(SEED));
      assertContent(body, CRC32);
    }
    for (int i = 1; i < unsigned.length; i++) {
      assertContent(new AwsChunkedBody(Fixture.cut(unsigned, i), crc32(), null), CRC32);
    }
    int[] everywhere = new int[signed.length];
    Arrays.setAll(everywhere, i -> i);
    var single = Fixture.cut(signed, everywhere);
    assertContent(new AwsChunkedBody(single, crc32(), new ChunkSignatures(SEED)), CRC32);
  }

  @Test
  void whereverTheRawBodyStopsItIsIncompleteOrWhole() {
    var raw =
        ChunkedWriter.signed()
            .content(CONTENT, 8_192)
            .text(CRC32_LINE + "\r\n")
            .trailerSignature(CRC32)
            .bytes();
    for (int i = 0; i < raw.length; i++) {
      var body = signed(Arrays.copyOf(raw, i), crc32());
      var thrown = assertThrows(S3Exception.class, () -> Fixture.read(body), "cut at " + i);
      var expected =
          thrown.error() == S3Error.MALFORMED_TRAILER
              ? S3Error.MALFORMED_TRAILER
              : S3Error.INCOMPLETE_BODY;
      assertEquals(expected, thrown.error(), "cut at " + i);
    }
  }

  @Test
  void noByteOfTheEndOfAChunkIsGivenBeforeItsSignatureWasChecked() throws IOException {
    var raw = ChunkedWriter.signed().content(CONTENT, 8_192).bytes();
    raw[100] ^= 1;
    var body = new AwsChunkedBody(Fixture.cut(raw, 4_000), layout(), new ChunkSignatures(SEED));

    var first = body.next();
    assertEquals(
        4_000 - "2000;chunk-signature=\r\n".length() - 64, first == null ? 0 : first.remaining());
    assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, body::next);
    assertThrows(S3Exception.class, body::next);
  }

  @Test
  void chunksAndTrailersThatChangedPlacesDoNotMatch() {
    var two = random(16_384);
    var raw = ChunkedWriter.signed().content(two, 8_192).bytes();
    int size = "2000;chunk-signature=\r\n\r\n".length() + 64 + 8_192;
    var swapped = raw.clone();
    System.arraycopy(raw, size, swapped, 0, size);
    System.arraycopy(raw, 0, swapped, size, size);
    var layout = new ChunkedLayout(two.length, false, List.of(), Set.of());
    assertRefused(S3Error.SIGNATURE_DOES_NOT_MATCH, signed(swapped, layout));

    var trailers =
        ChunkedWriter.signed()
            .content(CONTENT, 8_192)
            .text("x-amz-checksum-crc32:AAAAAA==\r\n")
            .trailerSignature(CRC32)
            .bytes();
    assertRefused(S3Error.SIGNATURE_DOES_NOT_MATCH, signed(trailers, crc32()));
  }

  @Test
  void trailersMustBeThoseAnnounced() {
    for (var end :
        List.of(
            "\r\n",
            "",
            "x-amz-checksum-crc32c:i9aeUg==\r\n\r\n",
            CRC32_LINE + "\r\nx-amz-checksum-crc32c:a\r\n\r\n",
            CRC32_LINE + "\r\n" + CRC32_LINE + "\r\n\r\n",
            CRC32_LINE + "\r\nx-amz-trailer-signature:" + "0".repeat(64) + "\r\n\r\n",
            "no colon\r\n\r\n",
            ":no name\r\n\r\n",
            "x-amz-checksum-crc32 :i9aeUg==\r\n\r\n",
            "x".repeat(9_000) + ":1\r\n\r\n")) {
      assertRefused(S3Error.MALFORMED_TRAILER, unsigned(unsignedWith(end), crc32()));
    }
    var unsignedTrailer =
        ChunkedWriter.signed().content(CONTENT, 8_192).text(CRC32_LINE + "\r\n\r\n").bytes();
    assertRefused(S3Error.MALFORMED_TRAILER, signed(unsignedTrailer, crc32()));
    var afterSignature =
        ChunkedWriter.signed()
            .content(CONTENT, 8_192)
            .trailerSignature(Map.of())
            .text(CRC32_LINE + "\r\n\r\n")
            .bytes();
    assertRefused(S3Error.MALFORMED_TRAILER, signed(afterSignature, crc32()));
  }

  @Test
  void anAnnouncedTrailerThatCameAsAHeaderMayBeMissing() throws IOException {
    var layout =
        new ChunkedLayout(
            CONTENT.length, true, List.of("x-amz-checksum-crc32"), Set.of("x-amz-checksum-crc32"));

    assertContent(unsigned(unsignedWith("\r\n"), layout), Map.of());
    assertContent(unsigned(unsignedWith(CRC32_LINE + "\r\n\r\n"), layout), CRC32);
  }

  @Test
  void nothingMayFollow() {
    for (var more : List.of("x", "\r\n\r\n\r\n", "0\r\n\r\n", " ")) {
      var end = CRC32_LINE + "\r\n\r\n" + more;
      assertRefused(S3Error.INVALID_REQUEST, unsigned(unsignedWith(end), crc32()));
    }
    var trailer =
        ChunkedWriter.signed().content(CONTENT, 8_192).text(CRC32_LINE + "\r\n\r\n").bytes();
    assertRefused(S3Error.INVALID_REQUEST, signed(trailer, layout()));
  }

  @Test
  void theContentMustHaveTheLengthThatWasSaid() {
    var raw = unsignedWith(CRC32_LINE + "\r\n\r\n");
    for (long length : new long[] {0, CONTENT.length - 1, CONTENT.length + 1, Long.MAX_VALUE}) {
      var layout = new ChunkedLayout(length, true, List.of("x-amz-checksum-crc32"), Set.of());
      assertRefused(S3Error.INCOMPLETE_BODY, unsigned(raw, layout));
    }
    // A size beyond the content is refused before a byte of the chunk is read.
    var huge = TestSigner.utf8("fffffffffffffff\r\nx");
    assertRefused(S3Error.INCOMPLETE_BODY, unsigned(huge, crc32()));
  }

  @Test
  void onlyTheLastChunkMayBeSmall() throws IOException {
    var small = ChunkedWriter.unsigned().content(CONTENT, 8_191);
    var body = unsigned(small.text(CRC32_LINE + "\r\n\r\n").bytes(), crc32());

    var thrown = assertFails(S3Error.INVALID_CHUNK_SIZE, () -> Fixture.read(body));
    assertEquals(Map.of("Chunk", "2", "BadChunkSize", "8191"), thrown.fields());
  }

  @Test
  void malformedChunksAreRefused() {
    for (var start :
        List.of(
            "\r\n",
            "g\r\n",
            "0x10\r\n",
            "+10\r\n",
            "-1\r\n",
            " 10\r\n",
            "10 \r\n",
            "10;x=y\r\n",
            "10;chunk-signature=" + "0".repeat(64) + "\r\n",
            "10\n",
            "0000000000000010\r\n",
            "ffffffffffffffff\r\n",
            "3\r\nabcd\r\n",
            "3\r\nabc\n",
            "3\r\nabc0\r\n",
            "1".repeat(1_100),
            "\u0660\r\n")) {
      assertRefused(
          S3Error.INVALID_REQUEST, unsigned(ChunkedWriter.unsigned().text(start).bytes(), crc32()));
    }
    for (var start :
        List.of(
            "10\r\n",
            "10;\r\n",
            "10;chunk-signature=\r\n",
            "10;chunk-signature=" + "0".repeat(63) + "\r\n",
            "10;chunk-signature=" + "0".repeat(65) + "\r\n",
            "10;chunk-signature=" + "g".repeat(64) + "\r\n",
            "10;x=y;chunk-signature=" + "0".repeat(64) + "\r\n",
            ";chunk-signature=" + "0".repeat(64) + "\r\n")) {
      assertRefused(
          S3Error.INVALID_REQUEST, signed(ChunkedWriter.unsigned().text(start).bytes(), layout()));
    }
  }

  @Test
  void dataIsNotCopied() throws IOException {
    var array = unsignedWith(CRC32_LINE + "\r\n\r\n");
    var body = new AwsChunkedBody(new Once(ByteBuffer.wrap(array)), crc32(), null);

    var first = body.next();
    assertSame(array, first == null ? null : first.array());
  }

  @Test
  void errorsOfTheRawBodyPassThrough() {
    var raw = new Once(null);
    var body = new AwsChunkedBody(raw, layout(), new ChunkSignatures(SEED));

    assertEquals("gone", assertThrows(IOException.class, body::next).getMessage());
    body.close();
    assertEquals(true, raw.closed);
  }

  @Test
  void noiseEndsWithAnAnswer() throws IOException {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var good = unsignedWith(CRC32_LINE + "\r\n\r\n");
    for (int i = 0; i < 2_000; i++) {
      var raw = Arrays.copyOf(good, random.nextInt(good.length) + 1);
      for (int n = random.nextInt(3); n >= 0; n--) {
        // Most changes near the framing, where they hurt.
        int at = random.nextBoolean() ? random.nextInt(raw.length) : random.nextInt(10);
        raw[Math.min(at, raw.length - 1)] =
            (byte) "0123456789abcdef\r\n;:".charAt(random.nextInt(20));
      }
      try {
        Fixture.read(unsigned(raw, crc32()));
      } catch (S3Exception e) {
        assertEquals(4, e.error().status() / 100, "seed " + seed);
      }
    }
  }
}
