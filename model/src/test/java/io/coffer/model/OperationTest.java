package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.s3.Operation;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTest {
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE");
  private static final Set<Integer> STATUSES = Set.of(200, 202, 204);

  private record Row(
      String method, Target target, Map<String, String> query, List<String> headers) {
    static Row of(Operation operation) {
      return new Row(
          operation.method(), operation.target(), operation.query(), operation.headers());
    }
  }

  @Test
  void noTwoOperationsHaveTheSameRowButThoseThatTheHostTellsApart() {
    var rows = new HashMap<Row, Operation>();
    for (var operation : Operation.values()) {
      if (!operation.deprecated() && operation != Operation.LIST_DIRECTORY_BUCKETS) {
        var before = rows.put(Row.of(operation), operation);
        assertEquals(null, before, operation + " has the row of " + before);
      }
    }
  }

  @Test
  void whatIsDeprecatedHasASuccessorWithTheSameRow() {
    var current =
        Arrays.stream(Operation.values())
            .filter(o -> !o.deprecated())
            .map(Row::of)
            .collect(Collectors.toSet());
    var deprecated = Arrays.stream(Operation.values()).filter(Operation::deprecated).toList();
    assertEquals(
        List.of(
            "GetBucketLifecycle",
            "GetBucketNotification",
            "PutBucketLifecycle",
            "PutBucketNotification"),
        deprecated.stream().map(Operation::modelName).toList());
    deprecated.forEach(o -> assertTrue(current.contains(Row.of(o)), o.modelName()));
  }

  @Test
  void anOperationIsWholeAndItsTargetIsInItsLabels() {
    for (var operation : Operation.values()) {
      assertTrue(METHODS.contains(operation.method()), operation.modelName());
      assertTrue(STATUSES.contains(operation.status()), operation.modelName());
      var labels =
          operation.input().members().stream()
              .filter(m -> m.location() == Location.LABEL)
              .map(Member::name)
              .collect(Collectors.toSet());
      assertEquals(
          switch (operation.target()) {
            case SERVICE -> Set.of();
            case BUCKET -> Set.of("Bucket");
            case OBJECT -> Set.of("Bucket", "Key");
          },
          labels,
          operation.modelName());
    }
  }

  @Test
  void anEmptyAnswerIsNoContentAndADocumentIsNot() {
    for (var operation : Operation.values()) {
      if (operation.method().equals("DELETE")) {
        assertEquals(204, operation.status(), operation.modelName());
      }
      if (operation.output().hasElements() || operation.output().payload().isPresent()) {
        assertNotEquals(204, operation.status(), operation.modelName());
      }
    }
  }

  @Test
  void onlyOneOfPayloadAndElementsMakesTheBody() {
    for (var operation : Operation.values()) {
      for (var shape : List.of(operation.input(), operation.output())) {
        long payloads =
            shape.members().stream().filter(m -> m.location() == Location.PAYLOAD).count();
        assertTrue(payloads + (shape.hasElements() ? 1 : 0) <= 1, shape.name());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "LIST_BUCKETS, ListAllMyBucketsResult",
    "LIST_OBJECTS, ListBucketResult",
    "LIST_OBJECTS_V2, ListBucketResult",
    "LIST_OBJECT_VERSIONS, ListVersionsResult",
    "LIST_MULTIPART_UPLOADS, ListMultipartUploadsResult",
    "LIST_PARTS, ListPartsResult",
    "CREATE_MULTIPART_UPLOAD, InitiateMultipartUploadResult",
    "COMPLETE_MULTIPART_UPLOAD, CompleteMultipartUploadResult",
    "DELETE_OBJECTS, DeleteResult",
    "GET_OBJECT_ATTRIBUTES, GetObjectAttributesResponse",
    "GET_BUCKET_VERSIONING, VersioningConfiguration",
    "GET_BUCKET_ACL, AccessControlPolicy",
    "GET_OBJECT_ACL, AccessControlPolicy",
    "GET_BUCKET_TAGGING, Tagging",
    "GET_OBJECT_TAGGING, Tagging",
    "GET_BUCKET_LOCATION, LocationConstraint",
    "GET_BUCKET_NOTIFICATION_CONFIGURATION, NotificationConfiguration",
    "GET_BUCKET_LIFECYCLE_CONFIGURATION, LifecycleConfiguration",
    "GET_BUCKET_CORS, CORSConfiguration"
  })
  void aResultHasTheRootThatAwsDocuments(Operation operation, String root) {
    assertEquals(root, operation.output().rootName());
  }

  @ParameterizedTest
  @CsvSource({
    "COPY_OBJECT, CopyObjectResult",
    "UPLOAD_PART_COPY, CopyPartResult",
    "GET_OBJECT_LEGAL_HOLD, LegalHold",
    "GET_OBJECT_RETENTION, Retention",
    "GET_BUCKET_ENCRYPTION, ServerSideEncryptionConfiguration"
  })
  void aPayloadOfAResultHasTheRootThatAwsDocuments(Operation operation, String root) {
    assertEquals(root, payloadRoot(operation.output()));
  }

  @ParameterizedTest
  @CsvSource({
    "COMPLETE_MULTIPART_UPLOAD, CompleteMultipartUpload",
    "DELETE_OBJECTS, Delete",
    "CREATE_BUCKET, CreateBucketConfiguration",
    "PUT_BUCKET_LIFECYCLE_CONFIGURATION, LifecycleConfiguration",
    "PUT_OBJECT_TAGGING, Tagging"
  })
  void aDocumentOfARequestHasTheRootThatAwsDocuments(Operation operation, String root) {
    assertEquals(root, payloadRoot(operation.input()));
  }

  private static String payloadRoot(Shape<?> shape) {
    var type = shape.payload().orElseThrow().type();
    return type instanceof Type.Structure<?> structure
        ? structure.shape().get().rootName()
        : type.toString();
  }

  @Test
  void theConditionsOfTheRoutesAreThere() {
    assertEquals(Map.of("list-type", "2"), Operation.LIST_OBJECTS_V2.query());
    assertEquals(Map.of("uploadId", "", "partNumber", ""), Operation.UPLOAD_PART.query());
    assertEquals(List.of("x-amz-copy-source"), Operation.UPLOAD_PART_COPY.headers());
    assertEquals(List.of("x-amz-copy-source"), Operation.COPY_OBJECT.headers());
    assertEquals(List.of(), Operation.PUT_OBJECT.headers());
    assertEquals(Map.of("uploadId", ""), Operation.LIST_PARTS.query());
    assertTrue(Operation.DELETE_OBJECTS.checksumRequired());
  }

  @Test
  void theLocationOfABucketIsTheBareTextOfItsRoot() {
    assertTrue(Operation.GET_BUCKET_LOCATION.output().bareText());
    long bare =
        Arrays.stream(Operation.values())
            .filter(o -> o.output().bareText() || o.input().bareText())
            .count();
    assertEquals(1, bare);
  }
}
