package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bucket policies and what blocks them, over HTTP: through the SDK, unsigned, and presigned. */
abstract class PolicySuite extends Suite {
  private final HttpClient http = HttpClient.newHttpClient();

  PolicySuite(boolean onFiles) {
    super(onFiles);
  }

  private void policy(String effect, String action, String resource, String condition) {
    var document =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Principal": "*",
          "Action": "s3:%s", "Resource": "arn:aws:s3:::%s%s"%s}]}"""
            .formatted(effect, action, bucket(), resource, condition);
    s3().putBucketPolicy(b -> b.bucket(bucket()).policy(document));
  }

  private void unblock() {
    s3().deletePublicAccessBlock(b -> b.bucket(bucket()));
  }

  private int status(String method, String path) throws Exception {
    var uri = server().endpoint().resolve("/" + bucket() + path);
    return status(method, uri);
  }

  private int status(String method, URI uri) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theWorldReadsWhatAPublicPolicyShows() throws Exception {
    put("open/k", "x");
    put("k", "x");
    assertEquals(403, status("GET", "/open/k"));
    refuses(403, "AccessDenied", () -> policy("Allow", "GetObject", "/open/*", ""));
    unblock();
    policy("Allow", "GetObject", "/open/*", "");
    assertTrue(s3().getBucketPolicyStatus(b -> b.bucket(bucket())).policyStatus().isPublic());
    assertEquals(200, status("GET", "/open/k"));
    assertEquals(200, status("HEAD", "/open/k"));
    assertEquals(403, status("GET", "/k"));
    assertEquals(403, status("GET", "/open/none"), "who may not list is not told");
    assertEquals(403, status("GET", ""));
    assertEquals(403, status("DELETE", "/open/k"));
    s3().deleteBucketPolicy(b -> b.bucket(bucket()));
    assertEquals(403, status("GET", "/open/k"));
    refuses(404, "NoSuchBucketPolicy", () -> s3().getBucketPolicy(b -> b.bucket(bucket())));
  }

  @Test
  void aRestrictedBucketShowsNothingToTheWorld() throws Exception {
    put("k", "x");
    unblock();
    policy("Allow", "GetObject", "/*", "");
    assertEquals(200, status("GET", "/k"));
    s3().putPublicAccessBlock(
            b ->
                b.bucket(bucket())
                    .publicAccessBlockConfiguration(c -> c.restrictPublicBuckets(true)));
    assertEquals(403, status("GET", "/k"));
    assertEquals("x", get("k"));
    var block = s3().getPublicAccessBlock(b -> b.bucket(bucket())).publicAccessBlockConfiguration();
    assertTrue(block.restrictPublicBuckets());
    assertFalse(block.blockPublicPolicy());
  }

  @Test
  void aPolicyCanRefusePresignedUrls() throws Exception {
    put("k", "x");
    URI url;
    try (var presigner = server().presigner()) {
      url =
          presigner
              .presignGetObject(
                  b ->
                      b.signatureDuration(Duration.ofMinutes(5))
                          .getObjectRequest(r -> r.bucket(bucket()).key("k")))
              .url()
              .toURI();
    }
    assertEquals(200, status("GET", url));
    policy(
        "Deny",
        "GetObject",
        "/*",
        ", \"Condition\": {\"StringEquals\": {\"s3:authType\": \"REST-QUERY-STRING\"}}");
    assertEquals(403, status("GET", url));
    assertEquals("x", get("k"));
  }

  @Test
  void aPolicyThatIsNoneIsRefusedInWords() {
    refuses(
        400,
        "MalformedPolicy",
        () -> s3().putBucketPolicy(b -> b.bucket(bucket()).policy("{\"Statement\": 1}")));
  }
}
