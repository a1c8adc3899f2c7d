package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;

/** What is in the golden stores, in the words of S3: written once, and looked for ever after. */
final class GoldenStore {
  private static final String ODD_KEY = "line\nfeed é😀 %2F";
  private static final int PART_BYTES = 5 << 20;

  /** From which number on there are ACLs. */
  private static final int ACLS = 2;

  private final S3Client s3;
  private final int number;

  GoldenStore(S3Client s3, int number) {
    this.s3 = s3;
    this.number = number;
  }

  void make() {
    s3.createBucket(b -> b.bucket("plain"));
    s3.putBucketTagging(b -> b.bucket("plain").tagging(t -> t.tagSet(tag("kind", "golden"))));
    put("plain", "empty", 0);
    s3.putObject(
        b ->
            b.bucket("plain")
                .key("small")
                .contentType("text/golden")
                .metadata(Map.of("colour", "gold"))
                .tagging("weight=heavy")
                .checksumAlgorithm(ChecksumAlgorithm.SHA256),
        RequestBody.fromString("small"));
    put("plain", "large", 300_000);
    put("plain", ODD_KEY, 10);
    multipart("parts");
    var id = s3.createMultipartUpload(b -> b.bucket("plain").key("unfinished")).uploadId();
    uploadPart("unfinished", id, 1, 1_000);

    s3.createBucket(b -> b.bucket("versions"));
    put("versions", "k", 1);
    s3.putBucketVersioning(
        b ->
            b.bucket("versions")
                .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    put("versions", "k", 2);
    put("versions", "k", 20_000);
    put("versions", "gone", 3);
    s3.deleteObject(b -> b.bucket("versions").key("gone"));
    if (number >= ACLS) {
      new GoldenAcls(s3).make();
    }
  }

  void check() {
    var withAcls = number >= ACLS ? List.of(GoldenAcls.BUCKET) : List.<String>of();
    assertEquals(
        Stream.of(withAcls, List.of("plain", "versions")).flatMap(List::stream).toList(),
        s3.listBuckets().buckets().stream().map(b -> b.name()).toList());
    GoldenAcls.checkDisabled(s3, "plain");
    if (number >= ACLS) {
      new GoldenAcls(s3).check();
    }
    checkObjects();
    checkVersions();
    var uploads = s3.listMultipartUploads(b -> b.bucket("plain")).uploads();
    assertEquals(List.of("unfinished"), uploads.stream().map(u -> u.key()).toList());
    var id = uploads.getFirst().uploadId();
    var parts = s3.listParts(b -> b.bucket("plain").key("unfinished").uploadId(id)).parts();
    assertEquals(List.of(1_000L), parts.stream().map(p -> p.size()).toList());
  }

  /** Finishes what was begun with the older format. */
  void goOn() {
    var upload = s3.listMultipartUploads(b -> b.bucket("plain")).uploads().getFirst();
    var id = upload.uploadId();
    var parts = s3.listParts(b -> b.bucket("plain").key("unfinished").uploadId(id)).parts();
    var completed =
        parts.stream()
            .map(p -> CompletedPart.builder().partNumber(p.partNumber()).eTag(p.eTag()).build())
            .toList();
    s3.completeMultipartUpload(
        b ->
            b.bucket("plain")
                .key("unfinished")
                .uploadId(id)
                .multipartUpload(m -> m.parts(completed)));
    checkBytes("plain", "unfinished", null, 1_000);
    put("versions", "k", 5);
    checkBytes("versions", "k", null, 5);
    s3.deleteObject(b -> b.bucket("plain").key("parts"));
    assertThrows(
        NoSuchKeyException.class, () -> s3.headObject(b -> b.bucket("plain").key("parts")));
  }

  private void checkObjects() {
    var listed = s3.listObjectsV2(b -> b.bucket("plain").encodingType("url")).contents();
    assertEquals(
        List.of("empty", "large", ODD_KEY, "parts", "small"),
        listed.stream().map(S3Object::key).toList());
    assertEquals(
        List.of(0L, 300_000L, 10L, PART_BYTES + 100L, 5L),
        listed.stream().map(S3Object::size).toList());
    checkBytes("plain", "empty", null, 0);
    checkBytes("plain", "large", null, 300_000);
    checkBytes("plain", ODD_KEY, null, 10);
    var head =
        s3.headObject(b -> b.bucket("plain").key("small").checksumMode(ChecksumMode.ENABLED));
    assertEquals("text/golden", head.contentType());
    assertEquals(Map.of("colour", "gold"), head.metadata());
    assertEquals("gduOu7vGnGxq1KaqkrduDAivVH2iNrniydvh2ChagTA=", head.checksumSHA256());
    assertEquals(
        List.of(tag("weight", "heavy")),
        s3.getObjectTagging(b -> b.bucket("plain").key("small")).tagSet());
    assertEquals(
        List.of(tag("kind", "golden")), s3.getBucketTagging(b -> b.bucket("plain")).tagSet());
    var parts = s3.getObjectAsBytes(b -> b.bucket("plain").key("parts"));
    assertEquals("-2\"", parts.response().eTag().substring(33));
    assertEquals(
        new String(content(PART_BYTES), StandardCharsets.ISO_8859_1)
            + new String(content(100), StandardCharsets.ISO_8859_1),
        parts.asString(StandardCharsets.ISO_8859_1));
  }

  private void checkVersions() {
    var listed = s3.listObjectVersions(b -> b.bucket("versions"));
    var k = listed.versions().stream().filter(v -> v.key().equals("k")).toList();
    assertEquals(List.of(20_000L, 2L, 1L), k.stream().map(ObjectVersion::size).toList());
    assertEquals("null", k.getLast().versionId());
    for (var version : k) {
      checkBytes("versions", "k", version.versionId(), (int) (long) version.size());
    }
    assertEquals(List.of("gone"), listed.deleteMarkers().stream().map(m -> m.key()).toList());
    assertThrows(
        NoSuchKeyException.class, () -> s3.headObject(b -> b.bucket("versions").key("gone")));
  }

  private void multipart(String key) {
    var id = s3.createMultipartUpload(b -> b.bucket("plain").key(key)).uploadId();
    var parts = List.of(uploadPart(key, id, 1, PART_BYTES), uploadPart(key, id, 2, 100));
    s3.completeMultipartUpload(
        b -> b.bucket("plain").key(key).uploadId(id).multipartUpload(m -> m.parts(parts)));
  }

  private CompletedPart uploadPart(String key, String id, int number, int length) {
    var body = RequestBody.fromBytes(content(length));
    var part = s3.uploadPart(b -> b.bucket("plain").key(key).uploadId(id).partNumber(number), body);
    return CompletedPart.builder().partNumber(number).eTag(part.eTag()).build();
  }

  private void put(String bucket, String key, int length) {
    s3.putObject(b -> b.bucket(bucket).key(key), RequestBody.fromBytes(content(length)));
  }

  private void checkBytes(String bucket, String key, @Nullable String version, int length) {
    var bytes = s3.getObjectAsBytes(b -> b.bucket(bucket).key(key).versionId(version));
    assertEquals(Arrays.hashCode(content(length)), Arrays.hashCode(bytes.asByteArray()), key);
    assertEquals(length, bytes.asByteArray().length, key);
  }

  /** Bytes that compress well, and differ from block to block. */
  private static byte[] content(int length) {
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i % 251 + i / 10_000);
    }
    return bytes;
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
