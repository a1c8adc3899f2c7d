package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.model.Body;
import io.coffer.model.Headers;
import io.coffer.model.RequestHead;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.CompleteMultipartUploadRequest;
import io.coffer.model.s3.CopyObjectRequest;
import io.coffer.model.s3.CreateBucketRequest;
import io.coffer.model.s3.DeleteObjectsRequest;
import io.coffer.model.s3.GetObjectAttributesRequest;
import io.coffer.model.s3.GetObjectRequest;
import io.coffer.model.s3.ListObjectsRequest;
import io.coffer.model.s3.ObjectAttributes;
import io.coffer.model.s3.Operation;
import io.coffer.model.s3.PutBucketPolicyRequest;
import io.coffer.model.s3.PutObjectRequest;
import io.coffer.model.s3.StorageClass;
import io.coffer.model.s3.UploadPartRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
  private static final String DELETE = "<Delete><Object><Key>k</Key></Object></Delete>";

  private final Binder binder = new Binder();

  private Object bind(Operation operation, String query, Body body, String... headers)
      throws IOException {
    var fields = Headers.builder();
    for (int i = 0; i < headers.length; i += 2) {
      fields.add(headers[i], headers[i + 1]);
    }
    var head = new RequestHead(operation.method(), "/b/k", query, fields.build());
    var address = new Address("b", "k");
    return binder.bind(new Incoming(operation, address, head, QueryString.parse(query), body));
  }

  private S3Exception refusal(Operation operation, String query, Body body, String... headers) {
    return assertThrows(S3Exception.class, () -> bind(operation, query, body, headers));
  }

  private static Body text(String text) {
    return Body.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String md5(String text) {
    try {
      var digest = MessageDigest.getInstance("MD5");
      return Base64.getEncoder()
          .encodeToString(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void labelsHeadersMetadataAndStreamAreBound() throws IOException {
    var body = text("hello");
    var request =
        (PutObjectRequest)
            bind(
                Operation.PUT_OBJECT,
                "",
                body,
                "content-type",
                "text/plain",
                "X-Amz-Storage-Class",
                "STANDARD_IA",
                "X-Amz-Meta-One",
                "1",
                "x-amz-meta-ONE",
                "2",
                "x-amz-meta-name",
                "Ä",
                "x-amz-meta-word",
                "=?UTF-8?B?w6Q=?=",
                "Content-Length",
                "5000");
    assertEquals("b", request.bucket());
    assertEquals("k", request.key());
    assertEquals("text/plain", request.contentType());
    assertEquals(StorageClass.STANDARD_IA, request.storageClass());
    assertEquals(Map.of("one", "1,2", "name", "Ä", "word", "ä"), request.metadata());
    assertEquals(5L, request.contentLength(), "the decoded length");
    assertSame(body, request.body());
    assertNull(request.cacheControl());
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, gzip",
    "'deflate, gzip', 'deflate, gzip'",
    "'gzip, aws-chunked', gzip",
    "'aws-chunked,gzip', gzip",
    "'aws-chunked,gzip,br', 'gzip,br'",
    "AWS-Chunked,",
    "'aws-chunked, aws-chunked',",
  })
  void theCodingOfTheTransferIsNotTheObjects(String sent, String bound) throws IOException {
    var request =
        (PutObjectRequest) bind(Operation.PUT_OBJECT, "", Body.empty(), "Content-Encoding", sent);
    assertEquals(bound, request.contentEncoding());
  }

  @Test
  void parametersAreBound() throws IOException {
    var request =
        (ListObjectsRequest)
            bind(
                Operation.LIST_OBJECTS,
                "max-keys=7&prefix=a+b&delimiter=&encoding-type=url&unknown=1",
                Body.empty());
    assertEquals(7, request.maxKeys());
    assertEquals("a b", request.prefix());
    assertEquals("", request.delimiter());
    assertNotNull(request.encodingType());
    assertNull(
        ((ListObjectsRequest) bind(Operation.LIST_OBJECTS, "max-keys=", Body.empty())).maxKeys());
  }

  @ParameterizedTest
  @CsvSource({"blah", "1.5", "2147483648", "0x10", "--1", "٣"})
  void aNumberThatIsNoneIsRefused(String number) {
    var refusal =
        refusal(Operation.LIST_OBJECTS, "max-keys=" + PercentEncoding.encode(number), Body.empty());
    assertEquals(S3Error.INVALID_ARGUMENT, refusal.error());
    assertEquals("Provided max-keys not an integer or within integer range", refusal.getMessage());
    assertEquals(number, refusal.fields().get("ArgumentValue"));
    assertEquals("max-keys", refusal.fields().get("ArgumentName"));
  }

  @ParameterizedTest
  @CsvSource({
    "PUT_OBJECT, x-amz-storage-class, INVALID_STORAGE_CLASS",
    "PUT_OBJECT, x-amz-acl, INVALID_ARGUMENT",
    "PUT_OBJECT, x-amz-server-side-encryption, INVALID_ENCRYPTION_ALGORITHM",
    "PUT_OBJECT, x-amz-sdk-checksum-algorithm, INVALID_REQUEST",
    "COPY_OBJECT, x-amz-metadata-directive, INVALID_ARGUMENT",
    "PUT_OBJECT, x-amz-object-lock-retain-until-date, INVALID_ARGUMENT",
    "GET_OBJECT_ATTRIBUTES, x-amz-object-attributes, INVALID_ARGUMENT",
  })
  void aWordOutsideItsEnumerationIsRefused(Operation operation, String header, S3Error error) {
    var refusal =
        refusal(operation, "", Body.empty(), "x-amz-copy-source", "b/k", header, "NONSENSE");
    assertEquals(error, refusal.error());
  }

  @Test
  void aDirectiveOfMetadataHasAwsWords() {
    var refusal =
        refusal(
            Operation.COPY_OBJECT,
            "",
            Body.empty(),
            "x-amz-copy-source",
            "b/k",
            "x-amz-metadata-directive",
            "MERGE");
    assertEquals("Unknown metadata directive.", refusal.getMessage());
  }

  @Test
  void aPreconditionWhoseDateCannotBeReadIsIgnored() throws IOException {
    var get =
        (GetObjectRequest)
            bind(
                Operation.GET_OBJECT,
                "",
                Body.empty(),
                "If-Modified-Since",
                "yesterday",
                "If-Unmodified-Since",
                "Sun, 06 Nov 1994 08:49:37 GMT");
    assertNull(get.ifModifiedSince());
    assertEquals(Instant.parse("1994-11-06T08:49:37Z"), get.ifUnmodifiedSince());
    var copy =
        (CopyObjectRequest)
            bind(
                Operation.COPY_OBJECT,
                "",
                Body.empty(),
                "x-amz-copy-source",
                "b/k",
                "x-amz-copy-source-if-modified-since",
                "?");
    assertNull(copy.copySourceIfModifiedSince());
  }

  @Test
  void listsInHeadersAreSeparatedByCommasOrRepeated() throws IOException {
    var request =
        (GetObjectAttributesRequest)
            bind(
                Operation.GET_OBJECT_ATTRIBUTES,
                "attributes",
                Body.empty(),
                "x-amz-object-attributes",
                "ETag , ObjectSize",
                "x-amz-object-attributes",
                "Checksum");
    assertEquals(
        List.of(ObjectAttributes.E_TAG, ObjectAttributes.OBJECT_SIZE, ObjectAttributes.CHECKSUM),
        request.objectAttributes());
  }

  @Test
  void anOverrideThatCouldSplitTheAnswerIsRefused() {
    var refusal =
        refusal(
            Operation.GET_OBJECT,
            "response-content-disposition=a%0D%0ASet-Cookie:%20x",
            Body.empty());
    assertEquals(S3Error.INVALID_ARGUMENT, refusal.error());
  }

  @Test
  void whatTheModelDemandsMustBeThere() {
    assertEquals(S3Error.INVALID_REQUEST, refusal(Operation.COPY_OBJECT, "", Body.empty()).error());
    assertEquals(
        S3Error.INVALID_ARGUMENT,
        refusal(Operation.UPLOAD_PART, "partNumber=1", Body.empty()).error());
    assertEquals(
        S3Error.MISSING_REQUEST_BODY,
        refusal(Operation.DELETE_OBJECTS, "delete", Body.empty()).error());
  }

  @Test
  void aPartNumberIsANumber() throws IOException {
    var part =
        (UploadPartRequest) bind(Operation.UPLOAD_PART, "partNumber=3&uploadId=u", Body.empty());
    assertEquals(3, part.partNumber());
    assertEquals(
        "Part number must be an integer between 1 and 10000, inclusive",
        refusal(Operation.UPLOAD_PART, "partNumber=x&uploadId=u", Body.empty()).getMessage());
  }

  @Test
  void documentsAreReadAndVerified() throws IOException {
    var request =
        (DeleteObjectsRequest)
            bind(
                Operation.DELETE_OBJECTS,
                "delete",
                new Chunks(DELETE.getBytes(StandardCharsets.UTF_8), 7),
                "Content-MD5",
                md5(DELETE));
    var delete = request.delete();
    assertNotNull(delete);
    assertNotNull(delete.objects());
    assertEquals("k", delete.objects().getFirst().key());
  }

  @Test
  void documentsMustHaveAChecksumWhereAwsDemandsOne() {
    assertEquals(
        "Missing required header for this request: Content-MD5 OR x-amz-checksum-*",
        refusal(Operation.DELETE_OBJECTS, "delete", text(DELETE)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "Content-MD5, x, INVALID_DIGEST",
    "Content-MD5, AAAA, INVALID_DIGEST",
    "Content-MD5, AAAAAAAAAAAAAAAAAAAAAA==, BAD_DIGEST",
    "x-amz-checksum-crc32, AAAAAA==, BAD_DIGEST",
    "x-amz-checksum-crc32, AAAA, INVALID_REQUEST",
    "x-amz-checksum-sha256, not base64, INVALID_REQUEST",
  })
  void aWrongChecksumIsRefused(String header, String value, S3Error error) {
    assertEquals(
        error, refusal(Operation.DELETE_OBJECTS, "delete", text(DELETE), header, value).error());
  }

  @Test
  void theChecksumBesideTheListOfPartsIsThatOfTheObject() throws IOException {
    var request =
        (CompleteMultipartUploadRequest)
            bind(
                Operation.COMPLETE_MULTIPART_UPLOAD,
                "uploadId=u",
                text("<CompleteMultipartUpload/>"),
                "x-amz-checksum-crc32",
                "AAAAAA==");
    assertEquals("AAAAAA==", request.checksumCRC32());
    assertNotNull(request.multipartUpload());
  }

  @Test
  void aDocumentThatIsTooLongIsRefusedBeforeItIsInMemory() {
    var endless = new Chunks(new byte[8 << 20], 64 << 10);
    var refusal = refusal(Operation.DELETE_OBJECTS, "delete", endless, "Content-MD5", md5(DELETE));
    assertEquals(S3Error.MAX_MESSAGE_LENGTH_EXCEEDED, refusal.error());
    assertEquals("4194304", refusal.fields().get("MaxMessageLengthBytes"));
    var announced = Body.of(new byte[(1 << 20) + 1]);
    assertEquals(
        S3Error.MAX_MESSAGE_LENGTH_EXCEEDED,
        refusal(Operation.PUT_BUCKET_TAGGING, "tagging", announced).error());
  }

  @Test
  void aPolicyIsTextAndARegionIsAnyWord() throws IOException {
    var policy =
        (PutBucketPolicyRequest)
            bind(
                Operation.PUT_BUCKET_POLICY,
                "policy",
                text("{\"a\":\"ä\"}"),
                "Content-MD5",
                md5("{\"a\":\"ä\"}"));
    assertEquals("{\"a\":\"ä\"}", policy.policy());
    var create =
        (CreateBucketRequest)
            bind(
                Operation.CREATE_BUCKET,
                "",
                text(
                    "<CreateBucketConfiguration><LocationConstraint>home</LocationConstraint>"
                        + "</CreateBucketConfiguration>"));
    assertNotNull(create.createBucketConfiguration());
    assertEquals("home", create.createBucketConfiguration().locationConstraint());
    assertNull(
        ((CreateBucketRequest) bind(Operation.CREATE_BUCKET, "", Body.empty()))
            .createBucketConfiguration());
  }
}
