package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** Objects, one at a time, through the SDK. */
abstract class ObjectSuite extends Suite {
  ObjectSuite(boolean onFiles) {
    super(onFiles);
  }

  ObjectSuite(boolean onFiles, boolean https) {
    super(onFiles, https);
  }

  static Stream<String> legalKeys() {
    return Stream.of(
        "a",
        "a/b",
        "a//b",
        "./c",
        "..",
        "d/",
        "x".repeat(1_024),
        "tab\tand space ",
        "é😀",
        "a+b%20c&d=e?f#g",
        "\u0001\u001f",
        "line\nfeed",
        "<key>&amp;'\"",
        "%2F",
        "*~()!'");
  }

  @ParameterizedTest
  @MethodSource("legalKeys")
  void everyLegalKeyIsKeptExactly(String key) {
    put(key, "content of " + key);
    assertEquals("content of " + key, get(key));
    var listed = s3().listObjectsV2(b -> b.bucket(bucket()).encodingType("url")).contents();
    assertEquals(List.of(key), listed.stream().map(S3Object::key).toList());
    s3().deleteObject(b -> b.bucket(bucket()).key(key));
    assertThrows(NoSuchKeyException.class, () -> get(key));
  }

  @Test
  void bodiesOfAllSizesComeBackAsTheyWere() {
    for (int size : new int[] {0, 1, 16_383, 16_384, 16_385, 65_536, 65_537, 1 << 20, 5_000_000}) {
      var bytes = pattern(size);
      s3().putObject(b -> b.bucket(bucket()).key("k"), RequestBody.fromBytes(bytes));
      assertArrayEquals(
          bytes, s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k")).asByteArray());
    }
  }

  @Test
  void rangesAreThoseOfTheRfc() {
    put("k", "0123456789");
    assertEquals("234", range("bytes=2-4"));
    assertEquals("89", range("bytes=-2"));
    assertEquals("0123456789", range("bytes=-100"));
    assertEquals("56789", range("bytes=5-"));
    assertEquals("0123456789", range("bytes=0-1,3-4"));
    refuses(416, "InvalidRange", () -> range("bytes=10-"));
    var part = s3().headObject(b -> b.bucket(bucket()).key("k").range("bytes=2-4"));
    assertEquals("bytes 2-4/10", part.contentRange());
    assertEquals(206, part.sdkHttpResponse().statusCode());
  }

  private String range(String range) {
    return s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").range(range))
        .asString(StandardCharsets.UTF_8);
  }

  @Test
  void metadataComesBackAsGiven() {
    s3().putObject(
            b ->
                b.bucket(bucket())
                    .key("k")
                    .contentType("text/x-test")
                    .cacheControl("no-store")
                    .contentDisposition("attachment; filename=\"a b\"")
                    .contentEncoding("br")
                    .contentLanguage("de")
                    .expires(Instant.EPOCH)
                    .metadata(Map.of("colour", "blue", "empty", "")),
            RequestBody.fromString("x"));
    var head = s3().headObject(b -> b.bucket(bucket()).key("k"));
    assertEquals("text/x-test", head.contentType());
    assertEquals("no-store", head.cacheControl());
    assertEquals("attachment; filename=\"a b\"", head.contentDisposition());
    assertEquals("br", head.contentEncoding());
    assertEquals("de", head.contentLanguage());
    assertEquals("Thu, 01 Jan 1970 00:00:00 GMT", head.expiresString());
    assertEquals("blue", head.metadata().get("colour"));
    assertEquals("bytes", head.acceptRanges());
  }

  @Test
  void conditionsOfReadingHaveTheirPrecedence() {
    var eTag = put("k", "x").eTag();
    var past = Instant.now().minus(1, ChronoUnit.DAYS);
    refuses(
        412,
        "PreconditionFailed",
        () -> s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").ifMatch("\"other\"")));
    s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").ifMatch(eTag).ifUnmodifiedSince(past));
    var unchanged =
        assertThrows(
            S3Exception.class,
            () -> s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").ifNoneMatch(eTag)));
    assertEquals(304, unchanged.statusCode());
    s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").ifModifiedSince(past));
  }

  @Test
  void conditionsOfWritingProtectWhatIsThere() {
    s3().putObject(b -> b.bucket(bucket()).key("k").ifNoneMatch("*"), RequestBody.fromString("1"));
    refuses(
        412,
        "PreconditionFailed",
        () ->
            s3().putObject(
                    b -> b.bucket(bucket()).key("k").ifNoneMatch("*"),
                    RequestBody.fromString("2")));
    var eTag = s3().headObject(b -> b.bucket(bucket()).key("k")).eTag();
    s3().putObject(b -> b.bucket(bucket()).key("k").ifMatch(eTag), RequestBody.fromString("3"));
    refuses(
        412,
        "PreconditionFailed",
        () ->
            s3().putObject(
                    b -> b.bucket(bucket()).key("k").ifMatch(eTag), RequestBody.fromString("4")));
    assertEquals("3", get("k"));
  }

  @ParameterizedTest
  @EnumSource(
      value = ChecksumAlgorithm.class,
      names = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA1", "SHA256"})
  void checksumsAreVerifiedKeptAndReturned(ChecksumAlgorithm algorithm) {
    s3().putObject(
            b -> b.bucket(bucket()).key("k").checksumAlgorithm(algorithm),
            RequestBody.fromBytes(pattern(100_000)));
    var back =
        s3().getObjectAsBytes(b -> b.bucket(bucket()).key("k").checksumMode(ChecksumMode.ENABLED));
    assertArrayEquals(pattern(100_000), back.asByteArray());
    refuses(
        400,
        "BadDigest",
        () ->
            s3().putObject(
                    b -> b.bucket(bucket()).key("bad").checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("x")));
    refuses(
        400,
        "BadDigest",
        () ->
            s3().putObject(
                    b -> b.bucket(bucket()).key("bad").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                    RequestBody.fromString("x")));
    assertThrows(NoSuchKeyException.class, () -> get("bad"));
  }

  @Test
  void aCopyTakesMetadataOrIsGivenOther() {
    s3().putObject(
            b -> b.bucket(bucket()).key("a b+c").metadata(Map.of("m", "1")),
            RequestBody.fromString("content"));
    s3().copyObject(
            b ->
                b.sourceBucket(bucket())
                    .sourceKey("a b+c")
                    .destinationBucket(bucket())
                    .destinationKey("copy"));
    assertEquals("content", get("copy"));
    assertEquals("1", s3().headObject(b -> b.bucket(bucket()).key("copy")).metadata().get("m"));
    refuses(
        400,
        "InvalidRequest",
        () ->
            s3().copyObject(
                    b ->
                        b.sourceBucket(bucket())
                            .sourceKey("copy")
                            .destinationBucket(bucket())
                            .destinationKey("copy")));
    s3().copyObject(
            b ->
                b.sourceBucket(bucket())
                    .sourceKey("copy")
                    .destinationBucket(bucket())
                    .destinationKey("copy")
                    .metadataDirective(MetadataDirective.REPLACE)
                    .metadata(Map.of("m", "2")));
    assertEquals("2", s3().headObject(b -> b.bucket(bucket()).key("copy")).metadata().get("m"));
    refuses(
        404,
        "NoSuchKey",
        () ->
            s3().copyObject(
                    b ->
                        b.sourceBucket(bucket())
                            .sourceKey("nothing")
                            .destinationBucket(bucket())
                            .destinationKey("x")));
  }

  @Test
  void manyKeysAreDeletedAtOnceAndMissingOnesToo() {
    var ids =
        Stream.iterate(0, i -> i + 1)
            .limit(50)
            .map(i -> ObjectIdentifier.builder().key("k<" + i + ">&").build())
            .toList();
    ids.stream().limit(25).forEach(id -> put(id.key(), "x"));
    var answer =
        s3().deleteObjects(b -> b.bucket(bucket()).delete(Delete.builder().objects(ids).build()));
    assertEquals(50, answer.deleted().size());
    assertEquals(0, s3().listObjectsV2(b -> b.bucket(bucket())).keyCount());
  }

  @Test
  void tagsArePutGotAndDeleted() {
    put("k", "x");
    var tags = List.of(Tag.builder().key("a").value("1").build());
    s3().putObjectTagging(b -> b.bucket(bucket()).key("k").tagging(t -> t.tagSet(tags)));
    assertEquals(tags, s3().getObjectTagging(b -> b.bucket(bucket()).key("k")).tagSet());
    assertEquals(1, s3().headObject(b -> b.bucket(bucket()).key("k")).tagCount());
    s3().deleteObjectTagging(b -> b.bucket(bucket()).key("k"));
    assertEquals(List.of(), s3().getObjectTagging(b -> b.bucket(bucket()).key("k")).tagSet());
    refuses(404, "NoSuchTagSet", () -> s3().getBucketTagging(b -> b.bucket(bucket())));
    s3().putBucketTagging(b -> b.bucket(bucket()).tagging(t -> t.tagSet(tags)));
    assertEquals(tags, s3().getBucketTagging(b -> b.bucket(bucket())).tagSet());
  }

  @Test
  void attributesAreThoseAskedFor() {
    put("k", "content");
    var attributes =
        s3().getObjectAttributes(
                b ->
                    b.bucket(bucket())
                        .key("k")
                        .objectAttributesWithStrings(
                            "ETag", "ObjectSize", "StorageClass", "Checksum"));
    assertEquals(7, attributes.objectSize());
    assertEquals("STANDARD", attributes.storageClassAsString());
    assertEquals("FULL_OBJECT", attributes.checksum().checksumTypeAsString());
  }
}
