package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.coffer.model.Body;
import io.coffer.model.s3.CopyObjectOutput;
import io.coffer.model.s3.CopyObjectResult;
import io.coffer.model.s3.DeleteObjectOutput;
import io.coffer.model.s3.GetBucketPolicyOutput;
import io.coffer.model.s3.GetObjectOutput;
import io.coffer.model.s3.HeadObjectOutput;
import io.coffer.model.s3.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswersTest {
  @Test
  void anObjectIsHeadersAndAStream() {
    var body = Body.of("hello".getBytes(StandardCharsets.UTF_8));
    var answer =
        Answers.of(
            Operation.GET_OBJECT,
            GetObjectOutput.builder()
                .lastModified(Instant.parse("1994-11-06T08:49:37.123Z"))
                .contentLength(5L)
                .eTag("\"e\"")
                .deleteMarker(false)
                .metadata(Map.of("one", "1", "name", "Ä"))
                .body(body)
                .build());
    assertEquals(200, answer.status());
    assertSame(body, answer.body());
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", answer.headers().first("Last-Modified"));
    assertEquals("\"e\"", answer.headers().first("ETag"));
    assertEquals("1", answer.headers().first("x-amz-meta-one"));
    assertEquals("=?UTF-8?B?w4Q=?=", answer.headers().first("x-amz-meta-name"));
    assertNull(answer.headers().first("Content-Length"), "the transport's matter");
  }

  @Test
  void aRangeIsPartialContent() {
    var output = GetObjectOutput.builder().contentRange("bytes 0-1/5").build();
    assertEquals(206, Answers.of(Operation.GET_OBJECT, output).status());
    var head = HeadObjectOutput.builder().contentRange("bytes 0-1/5").build();
    assertEquals(206, Answers.of(Operation.HEAD_OBJECT, head).status());
  }

  @Test
  void headSaysTheLengthThatItDoesNotSend() throws IOException {
    var answer =
        Answers.of(
            Operation.HEAD_OBJECT, HeadObjectOutput.builder().contentLength(1L << 40).build());
    assertEquals("1099511627776", answer.headers().first("Content-Length"));
    assertNull(answer.body().next());
  }

  @Test
  void aPayloadOfXmlHasItsOwnRoot() throws IOException {
    var answer =
        Answers.of(
            Operation.COPY_OBJECT,
            CopyObjectOutput.builder()
                .versionId("v")
                .copyObjectResult(CopyObjectResult.builder().eTag("\"e\"").build())
                .build());
    assertEquals(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<CopyObjectResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
            + "<ETag>&quot;e&quot;</ETag></CopyObjectResult>",
        Chunks.text(answer.body()));
    assertEquals("application/xml", answer.headers().first("Content-Type"));
    assertEquals("v", answer.headers().first("x-amz-version-id"));
  }

  @Test
  void aPolicyIsJson() throws IOException {
    var answer =
        Answers.of(
            Operation.GET_BUCKET_POLICY, GetBucketPolicyOutput.builder().policy("{}").build());
    assertEquals("{}", Chunks.text(answer.body()));
    assertEquals("application/json", answer.headers().first("Content-Type"));
  }

  @Test
  void aDeletionHasNoContent() throws IOException {
    var answer =
        Answers.of(
            Operation.DELETE_OBJECT, DeleteObjectOutput.builder().deleteMarker(true).build());
    assertEquals(204, answer.status());
    assertEquals("true", answer.headers().first("x-amz-delete-marker"));
    assertNull(answer.body().next());
  }
}
