package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets, listings and versions, through the SDK. */
abstract class BucketSuite extends Suite {
  BucketSuite(boolean onFiles) {
    super(onFiles);
  }

  @Test
  void aBucketIsMadeFoundListedAndDeleted() {
    var name = bucket() + "-x";
    s3().createBucket(b -> b.bucket(name));
    s3().createBucket(b -> b.bucket(name));
    assertEquals("us-east-1", s3().headBucket(b -> b.bucket(name)).bucketRegion());
    var listed = s3().listBuckets(b -> b.prefix(name)).buckets();
    assertEquals(List.of(name), listed.stream().map(Bucket::name).toList());
    s3().deleteBucket(b -> b.bucket(name));
    refuses(404, "NoSuchBucket", () -> s3().listObjectsV2(b -> b.bucket(name)));
    refuses(404, "NoSuchBucket", () -> s3().deleteBucket(b -> b.bucket(name)));
  }

  @Test
  void aBucketWithObjectsIsNotDeleted() {
    put("k", "x");
    refuses(409, "BucketNotEmpty", () -> s3().deleteBucket(b -> b.bucket(bucket())));
    assertEquals("x", get("k"));
  }

  @Test
  void bucketsComeInPages() {
    for (int i = 0; i < 5; i++) {
      var name = bucket() + "-page-" + i;
      s3().createBucket(b -> b.bucket(name));
    }
    var names =
        s3()
            .listBucketsPaginator(b -> b.prefix(bucket() + "-page-").maxBuckets(2))
            .buckets()
            .stream()
            .map(Bucket::name)
            .toList();
    assertEquals(5, names.size());
    assertEquals(names.stream().sorted().toList(), names);
  }

  @Test
  void keysAreListedInTheOrderOfTheirBytes() {
    var keys = List.of("Z", "a", "a-", "a/b", "a0", "é", "\uFFFD", "😀");
    keys.reversed().forEach(key -> put(key, ""));
    var listed = s3().listObjectsV2Paginator(b -> b.bucket(bucket()).maxKeys(3)).contents();
    assertEquals(keys, listed.stream().map(S3Object::key).toList());
  }

  @Test
  void aDelimiterRollsKeysUp() {
    Stream.of("a/1", "a/2", "b", "c/d/e", "c/f").forEach(key -> put(key, ""));
    var page = s3().listObjectsV2(b -> b.bucket(bucket()).delimiter("/"));
    assertEquals(List.of("b"), page.contents().stream().map(S3Object::key).toList());
    assertEquals(
        List.of("a/", "c/"), page.commonPrefixes().stream().map(CommonPrefix::prefix).toList());
    assertEquals(3, page.keyCount());
    var first = s3().listObjectsV2(b -> b.bucket(bucket()).delimiter("/").maxKeys(1));
    assertTrue(first.isTruncated());
    var second =
        s3().listObjectsV2(
                b ->
                    b.bucket(bucket())
                        .delimiter("/")
                        .maxKeys(1)
                        .continuationToken(first.nextContinuationToken()));
    assertEquals(List.of("b"), second.contents().stream().map(S3Object::key).toList());
    assertFalse(s3().listObjectsV2(b -> b.bucket(bucket()).maxKeys(0)).isTruncated());
  }

  @Test
  void theOldListingGoesByMarkers() {
    Stream.of("a/1", "b", "c").forEach(key -> put(key, ""));
    var first = s3().listObjects(b -> b.bucket(bucket()).delimiter("/").maxKeys(1));
    assertEquals("a/", first.nextMarker());
    var rest = s3().listObjects(b -> b.bucket(bucket()).delimiter("/").marker("a/"));
    assertEquals(List.of("b", "c"), rest.contents().stream().map(S3Object::key).toList());
    assertNull(s3().listObjects(b -> b.bucket(bucket()).maxKeys(1)).nextMarker());
  }

  @Test
  void versionsAreKeptListedAndRestored() {
    enableVersioning();
    var first = put("k", "1").versionId();
    var second = put("k", "2").versionId();
    var marker = s3().deleteObject(b -> b.bucket(bucket()).key("k"));
    assertTrue(marker.deleteMarker());
    refuses(404, "NoSuchKey", () -> get("k"));
    var listed = s3().listObjectVersions(b -> b.bucket(bucket()));
    assertEquals(
        List.of(second, first), listed.versions().stream().map(ObjectVersion::versionId).toList());
    assertTrue(listed.deleteMarkers().getFirst().isLatest());
    s3().deleteObject(b -> b.bucket(bucket()).key("k").versionId(marker.versionId()));
    assertEquals("2", get("k"));
    setVersioning(BucketVersioningStatus.SUSPENDED);
    put("k", "null");
    s3().deleteObject(b -> b.bucket(bucket()).key("k").versionId("null"));
    assertEquals("2", get("k"));
  }
}
