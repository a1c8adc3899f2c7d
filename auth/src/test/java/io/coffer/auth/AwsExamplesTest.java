package io.coffer.auth;

import static io.coffer.auth.Fixture.EMPTY_SHA256;
import static io.coffer.auth.Fixture.NOW;
import static io.coffer.auth.Fixture.assertFails;
import static io.coffer.auth.Fixture.assertRoot;
import static io.coffer.auth.Fixture.authenticator;
import static io.coffer.auth.Fixture.head;
import static io.coffer.auth.Fixture.with;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples of the Amazon S3 API Reference, with the signatures that are printed there. */
class AwsExamplesTest {
  private static final String CREDENTIAL =
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,";

  private static final RequestHead GET =
      head(
          "GET /test.txt",
          "Host: examplebucket.s3.amazonaws.com",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
              + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
          "Range: bytes=0-9",
          "x-amz-content-sha256: " + EMPTY_SHA256,
          "x-amz-date: 20130524T000000Z");

  private static final RequestHead PUT =
      head(
          "PUT /test$file.text",
          "Host: examplebucket.s3.amazonaws.com",
          "Date: Fri, 24 May 2013 00:00:00 GMT",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,"
              + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
          "x-amz-date: 20130524T000000Z",
          "x-amz-storage-class: REDUCED_REDUNDANCY",
          "x-amz-content-sha256: 44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");

  private static final RequestHead GET_LIFECYCLE =
      head(
          "GET /?lifecycle",
          "Host: examplebucket.s3.amazonaws.com",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
              + "Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
          "x-amz-date: 20130524T000000Z",
          "x-amz-content-sha256: " + EMPTY_SHA256);

  private static final RequestHead LIST =
      head(
          "GET /?max-keys=2&prefix=J",
          "Host: examplebucket.s3.amazonaws.com",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=host;x-amz-content-sha256;x-amz-date,"
              + "Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
          "x-amz-date: 20130524T000000Z",
          "x-amz-content-sha256: " + EMPTY_SHA256);

  private static final RequestHead PRESIGNED =
      head(
          "GET /test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE"
              + "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
              + "&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature="
              + "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
          "Host: examplebucket.s3.amazonaws.com");

  private static final RequestHead CHUNKED =
      head(
          "PUT /examplebucket/chunkObject.txt",
          "Host: s3.amazonaws.com",
          "x-amz-date: 20130524T000000Z",
          "x-amz-storage-class: REDUCED_REDUNDANCY",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=content-encoding;content-length;host;x-amz-content-sha256;"
              + "x-amz-date;x-amz-decoded-content-length;x-amz-storage-class,"
              + "Signature=4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
          "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
          "Content-Encoding: aws-chunked",
          "x-amz-decoded-content-length: 66560",
          "Content-Length: 66824");

  private static final RequestHead CHUNKED_TRAILER =
      head(
          "PUT /examplebucket/chunkObject.txt",
          "Host: s3.amazonaws.com",
          "x-amz-date: 20130524T000000Z",
          "x-amz-storage-class: REDUCED_REDUNDANCY",
          "Authorization: "
              + CREDENTIAL
              + "SignedHeaders=content-encoding;host;x-amz-content-sha256;x-amz-date;"
              + "x-amz-decoded-content-length;x-amz-storage-class;x-amz-trailer,"
              + "Signature=106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e",
          "x-amz-content-sha256: STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
          "Content-Encoding: aws-chunked",
          "x-amz-decoded-content-length: 66560",
          "x-amz-trailer: x-amz-checksum-crc32c");

  private static byte[] chunks(String first, String second, String last, String end) {
    var a = "a".repeat(65_536);
    var body =
        "10000;chunk-signature=%s\r\n%s\r\n400;chunk-signature=%s\r\n%s\r\n0;chunk-signature=%s\r\n"
            .formatted(first, a, second, "a".repeat(1_024), last);
    return (body + end).getBytes(StandardCharsets.US_ASCII);
  }

  static final byte[] CHUNKED_BODY =
      chunks(
          "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648",
          "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497",
          "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9",
          "\r\n");

  static final byte[] CHUNKED_TRAILER_BODY =
      chunks(
          "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2",
          "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7",
          "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992",
          "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:"
              + "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435\r\n\r\n");

  private static byte[] content() {
    var content = new byte[66_560];
    Arrays.fill(content, (byte) 'a');
    return content;
  }

  @Test
  void getObject() throws IOException {
    var authentication = authenticator().authenticate(GET);

    assertRoot(authentication);
    assertEquals(new Payload.Exact(EMPTY_SHA256), authentication.payload());
    assertEquals(0, Fixture.read(authentication.payload().open(Fixture.cut(new byte[0]))).length);
  }

  @Test
  void putObject() throws IOException {
    var authentication = authenticator().authenticate(PUT);
    var body = "Welcome to Amazon S3.".getBytes(StandardCharsets.US_ASCII);

    assertRoot(authentication);
    assertArrayEquals(body, Fixture.read(authentication.payload().open(Fixture.cut(body, 3, 10))));
  }

  @Test
  void getBucketLifecycle() {
    assertRoot(authenticator().authenticate(GET_LIFECYCLE));
  }

  @Test
  void listObjects() {
    assertRoot(authenticator().authenticate(LIST));
  }

  @Test
  void presignedUrl() {
    var authentication = authenticator().authenticate(PRESIGNED);

    assertRoot(authentication);
    assertEquals(new Payload.Unsigned(), authentication.payload());
  }

  @Test
  void chunkedUpload() throws IOException {
    assertEquals(66_824, CHUNKED_BODY.length);
    var authentication = authenticator().authenticate(CHUNKED);
    var body = authentication.payload().open(Fixture.cut(CHUNKED_BODY, 1_000, 66_000));

    assertRoot(authentication);
    assertEquals(66_560, body.length());
    assertArrayEquals(content(), Fixture.read(body));
    assertEquals(Map.of(), body.trailers());
  }

  @Test
  void chunkedUploadWithTrailer() throws IOException {
    var authentication = authenticator().authenticate(CHUNKED_TRAILER);
    var body = authentication.payload().open(Fixture.cut(CHUNKED_TRAILER_BODY, 8_192));

    assertRoot(authentication);
    assertEquals(List.of("x-amz-checksum-crc32c"), body.announcedTrailers());
    assertEquals(Map.of(), body.trailers());
    assertArrayEquals(content(), Fixture.read(body));
    assertEquals(Map.of("x-amz-checksum-crc32c", "sOO8/Q=="), body.trailers());
  }

  @Test
  void everyChangedByteOfTheChunkedBodiesIsRefusedOrKeepsTheContent() {
    var sources = Map.of(CHUNKED, CHUNKED_BODY, CHUNKED_TRAILER, CHUNKED_TRAILER_BODY);
    sources.forEach(
        (head, bytes) -> {
          for (int i = 0; i < bytes.length; i += i > 200 && i < 65_500 ? 8_001 : 1) {
            var changed = bytes.clone();
            changed[i] ^= 1;
            var body = authenticator().authenticate(head).payload().open(Fixture.cut(changed));
            var at = "byte " + i;
            try {
              assertArrayEquals(content(), Fixture.read(body), at);
              // A trailer's line may end with a bare line feed, its name may be in upper case.
              assertEquals(true, i > 66_820, at);
            } catch (S3Exception e) {
              assertEquals(true, e.error().status() < 500, at);
            } catch (IOException e) {
              throw new AssertionError(at, e);
            }
          }
        });
  }

  @Test
  void everyChangedHeaderIsRefused() {
    for (var example : List.of(GET, PUT, GET_LIFECYCLE, LIST, CHUNKED, CHUNKED_TRAILER)) {
      for (var field : example.headers().fields()) {
        if (!field.name().equals("Authorization")) {
          var changed = with(example, field.name(), field.value() + "0");
          assertThrows(
              S3Exception.class, () -> authenticator().authenticate(changed), field.name());
        }
      }
    }
  }

  @Test
  void aMismatchShowsWhatWasSigned() {
    var changed = with(GET, "Range", "bytes=0-10");

    var thrown =
        assertFails(S3Error.SIGNATURE_DOES_NOT_MATCH, () -> authenticator().authenticate(changed));
    var canonical =
        "GET\n/test.txt\n\nhost:examplebucket.s3.amazonaws.com\nrange:bytes=0-10\n"
            + "x-amz-content-sha256:"
            + EMPTY_SHA256
            + "\nx-amz-date:20130524T000000Z\n\nhost;range;x-amz-content-sha256;x-amz-date\n"
            + EMPTY_SHA256;
    var fields = thrown.fields();
    assertEquals(
        List.of(
            "AWSAccessKeyId",
            "StringToSign",
            "SignatureProvided",
            "StringToSignBytes",
            "CanonicalRequest",
            "CanonicalRequestBytes"),
        List.copyOf(fields.keySet()));
    assertEquals(canonical, fields.get("CanonicalRequest"));
    assertEquals(
        HexFormat.ofDelimiter(" ").formatHex(canonical.getBytes(StandardCharsets.UTF_8)),
        fields.get("CanonicalRequestBytes"));
    assertEquals(
        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        fields.get("SignatureProvided"));
  }

  @Test
  void theSignerMakesTheSameSignatures() {
    var signer = new Signer(Fixture.KEY_ID, Fixture.SECRET, Fixture.REGION);
    var bare = head("GET /test.txt", "Host: examplebucket.s3.amazonaws.com", "Range: bytes=0-9");

    var signed = signer.sign(bare, EMPTY_SHA256, NOW);
    assertEquals(
        GET.headers().all("Authorization").getFirst().replace(",S", ", S"),
        signed.headers().first("Authorization"));
    var presigned =
        signer.presign(
            head("GET /test.txt", "Host: examplebucket.s3.amazonaws.com"), Duration.ofDays(1), NOW);
    assertEquals(PRESIGNED.query(), presigned.query());
  }
}
