package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.transfer.s3.S3TransferManager;

/** Large objects, the asynchronous clients, presigned URLs, and a restart. */
abstract class TransferSuite extends Suite {
  private static final int PART = 5 << 20;

  private final boolean onFiles;

  TransferSuite(boolean onFiles) {
    super(onFiles);
    this.onFiles = onFiles;
  }

  @Test
  void anUploadInPartsIsListedCompletedAndRepeated() {
    var id = s3().createMultipartUpload(b -> b.bucket(bucket()).key("big")).uploadId();
    var first = upload(id, 1, pattern(PART));
    var second = upload(id, 2, pattern(100));
    assertEquals(2, s3().listParts(b -> b.bucket(bucket()).key("big").uploadId(id)).parts().size());
    assertEquals(
        List.of(id),
        s3().listMultipartUploads(b -> b.bucket(bucket())).uploads().stream()
            .map(u -> u.uploadId())
            .toList());
    for (int i = 0; i < 2; i++) {
      var made =
          s3().completeMultipartUpload(
                  b ->
                      b.bucket(bucket())
                          .key("big")
                          .uploadId(id)
                          .multipartUpload(u -> u.parts(first, second)));
      assertTrue(made.eTag().endsWith("-2\""));
    }
    assertEquals(PART + 100, s3().headObject(b -> b.bucket(bucket()).key("big")).contentLength());
    var part = s3().headObject(b -> b.bucket(bucket()).key("big").partNumber(2));
    assertEquals(100, part.contentLength());
    assertEquals(2, part.partsCount());
  }

  private CompletedPart upload(String id, int number, byte[] bytes) {
    var answer =
        s3().uploadPart(
                b -> b.bucket(bucket()).key("big").uploadId(id).partNumber(number),
                RequestBody.fromBytes(bytes));
    return CompletedPart.builder()
        .partNumber(number)
        .eTag(answer.eTag())
        .checksumCRC32(answer.checksumCRC32())
        .build();
  }

  @Test
  void partsAreCopiedFromObjects() {
    s3().putObject(b -> b.bucket(bucket()).key("source"), RequestBody.fromBytes(pattern(PART)));
    var id = s3().createMultipartUpload(b -> b.bucket(bucket()).key("big")).uploadId();
    var copied =
        s3().uploadPartCopy(
                b ->
                    b.sourceBucket(bucket())
                        .sourceKey("source")
                        .destinationBucket(bucket())
                        .destinationKey("big")
                        .uploadId(id)
                        .partNumber(1)
                        .copySourceRange("bytes=1-9"));
    s3().completeMultipartUpload(
            b ->
                b.bucket(bucket())
                    .key("big")
                    .uploadId(id)
                    .multipartUpload(
                        u -> u.parts(p -> p.partNumber(1).eTag(copied.copyPartResult().eTag()))));
    assertArrayEquals(
        new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9},
        s3().getObjectAsBytes(b -> b.bucket(bucket()).key("big")).asByteArray());
  }

  @Test
  void theAsynchronousClientsStreamLargeObjects() throws IOException {
    try (var netty = server().asyncClient();
        var crt = server().crtClient()) {
      for (var client : List.of(netty, crt)) {
        roundTrip(client);
      }
    }
  }

  private void roundTrip(S3AsyncClient client) throws IOException {
    var bytes = pattern(23_000_000);
    client
        .putObject(b -> b.bucket(bucket()).key("async"), AsyncRequestBody.fromBytes(bytes))
        .join();
    var back =
        client
            .getObject(b -> b.bucket(bucket()).key("async"), AsyncResponseTransformer.toBytes())
            .join();
    assertArrayEquals(bytes, back.asByteArray());
    try (var manager = S3TransferManager.builder().s3Client(client).build()) {
      var file = Files.write(Files.createTempFile(scratch, "up", ".bin"), bytes);
      manager
          .uploadFile(b -> b.source(file).putObjectRequest(p -> p.bucket(bucket()).key("tm")))
          .completionFuture()
          .join();
      var down = scratch.resolve("down-" + System.nanoTime());
      manager
          .downloadFile(
              b -> b.destination(down).getObjectRequest(g -> g.bucket(bucket()).key("tm")))
          .completionFuture()
          .join();
      assertEquals(-1, Files.mismatch(file, down));
    }
  }

  @Test
  void presignedUrlsWorkUntilTheyAreChanged() throws Exception {
    var http = HttpClient.newHttpClient();
    try (var presigner = server().presigner()) {
      var put =
          presigner.presignPutObject(
              b ->
                  b.signatureDuration(Duration.ofMinutes(5))
                      .putObjectRequest(p -> p.bucket(bucket()).key("signed")));
      var upload =
          HttpRequest.newBuilder(put.url().toURI())
              .PUT(HttpRequest.BodyPublishers.ofString("by url"))
              .build();
      assertEquals(200, http.send(upload, HttpResponse.BodyHandlers.ofString()).statusCode());
      var get =
          presigner.presignGetObject(
              b ->
                  b.signatureDuration(Duration.ofMinutes(5))
                      .getObjectRequest(g -> g.bucket(bucket()).key("signed")));
      var url = get.url().toString();
      assertEquals("by url", fetch(http, url).body());
      var forged = fetch(http, url.replace("signed?", "other?"));
      assertEquals(403, forged.statusCode());
      assertTrue(forged.body().contains("<Code>SignatureDoesNotMatch</Code>"));
    }
  }

  private static HttpResponse<String> fetch(HttpClient http, String url) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whatIsNotSignedIsRefusedAndHealthIsNot() throws Exception {
    var http = HttpClient.newHttpClient();
    put("k", "x");
    var anonymous = fetch(http, server().endpoint() + "/" + bucket() + "/k");
    assertEquals(403, anonymous.statusCode());
    assertTrue(anonymous.body().contains("<Code>AccessDenied</Code>"));
    assertTrue(anonymous.headers().firstValue("x-amz-request-id").isPresent());
    assertEquals(200, fetch(http, server().endpoint() + "/-/health/live").statusCode());
    assertEquals(200, fetch(http, server().endpoint() + "/-/health/ready").statusCode());
  }

  @Test
  void whatIsNotBuiltSaysSo() {
    refuses(501, "NotImplemented", () -> s3().getBucketWebsite(b -> b.bucket(bucket())));
  }

  @Test
  void aRestartFindsEverything() {
    if (!onFiles) {
      return;
    }
    enableVersioning();
    put("small", "1");
    put("small", "2");
    s3().putObject(b -> b.bucket(bucket()).key("large"), RequestBody.fromBytes(pattern(PART)));
    server().restart();
    try (var again = server().client()) {
      assertArrayEquals(
          pattern(PART),
          again.getObjectAsBytes(b -> b.bucket(bucket()).key("large")).asByteArray());
      assertEquals(3, again.listObjectVersions(b -> b.bucket(bucket())).versions().size());
    }
    reconnect();
  }
}
