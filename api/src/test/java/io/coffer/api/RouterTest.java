package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.coffer.model.Headers;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.Target;
import io.coffer.model.s3.Operation;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class RouterTest {
  private static final Headers NONE = Headers.empty();

  /** Shadowed by an operation with the same conditions, or at another host. */
  private static final Set<Operation> UNREACHABLE =
      Set.of(Operation.LIST_DIRECTORY_BUCKETS, Operation.WRITE_GET_OBJECT_RESPONSE);

  private final Router router = Router.ofAllOperations();

  private Operation route(String method, Target target, String query) {
    return router.route(method, target, QueryString.parse(query), NONE);
  }

  @ParameterizedTest
  @EnumSource
  void everyOperationIsFoundByItsOwnConditions(Operation operation) {
    var query =
        operation.query().entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining("&"));
    var headers = Headers.builder();
    operation.headers().forEach(h -> headers.add(h.toUpperCase(java.util.Locale.ROOT), "x"));
    var found =
        router.find(
            operation.method(), operation.target(), QueryString.parse(query), headers.build());
    if (!operation.deprecated() && !UNREACHABLE.contains(operation)) {
      assertEquals(operation, found);
    } else if (found != null) {
      assertFalse(found.deprecated());
    }
  }

  static Stream<Arguments> requests() {
    return Stream.of(
        arguments("GET", Target.SERVICE, "", Operation.LIST_BUCKETS),
        arguments("GET", Target.SERVICE, "x-id=ListBuckets", Operation.LIST_BUCKETS),
        arguments("GET", Target.BUCKET, "prefix=a&x-id=ListObjects", Operation.LIST_OBJECTS),
        arguments("GET", Target.BUCKET, "list-type=2&prefix=a", Operation.LIST_OBJECTS_V2),
        arguments("GET", Target.BUCKET, "list-type=3", Operation.LIST_OBJECTS),
        arguments("GET", Target.BUCKET, "unheardOf", Operation.LIST_OBJECTS),
        arguments(
            "GET", Target.BUCKET, "versions&encoding-type=url", Operation.LIST_OBJECT_VERSIONS),
        arguments("GET", Target.BUCKET, "lifecycle", Operation.GET_BUCKET_LIFECYCLE_CONFIGURATION),
        arguments(
            "GET", Target.BUCKET, "analytics&id=1", Operation.GET_BUCKET_ANALYTICS_CONFIGURATION),
        arguments("GET", Target.OBJECT, "partNumber=1", Operation.GET_OBJECT),
        arguments("GET", Target.OBJECT, "uploadId=u&part-number-marker=2", Operation.LIST_PARTS),
        arguments("PUT", Target.OBJECT, "partNumber=1&uploadId=u", Operation.UPLOAD_PART),
        arguments("PUT", Target.OBJECT, "tagging=&versionId=1", Operation.PUT_OBJECT_TAGGING),
        arguments("POST", Target.OBJECT, "uploads", Operation.CREATE_MULTIPART_UPLOAD),
        arguments("POST", Target.OBJECT, "uploadId=u", Operation.COMPLETE_MULTIPART_UPLOAD),
        arguments("DELETE", Target.OBJECT, "uploadId=u", Operation.ABORT_MULTIPART_UPLOAD),
        arguments("DELETE", Target.OBJECT, "versionId=1", Operation.DELETE_OBJECT),
        arguments("POST", Target.BUCKET, "delete", Operation.DELETE_OBJECTS));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theOperationWithMostConditionsWins(
      String method, Target target, String query, Operation operation) {
    assertEquals(operation, route(method, target, query));
  }

  @Test
  void aCopySourceMakesAPutACopy() {
    var copy = Headers.builder().add("X-Amz-Copy-Source", "/b/k").build();
    var part = QueryString.parse("partNumber=1&uploadId=u");
    assertEquals(
        Operation.COPY_OBJECT, router.route("PUT", Target.OBJECT, QueryString.parse(""), copy));
    assertEquals(Operation.UPLOAD_PART_COPY, router.route("PUT", Target.OBJECT, part, copy));
  }

  @ParameterizedTest
  @CsvSource({
    "DELETE, BUCKET, versioning, VERSIONING",
    "DELETE, OBJECT, acl, ACL",
    "PUT, OBJECT, torrent, TORRENT",
    "PUT, BUCKET, uploads, UPLOADS",
    "BREW, OBJECT, '', OBJECT",
    "POST, OBJECT, '', OBJECT",
    "PUT, SERVICE, '', SERVICE",
    "POST, SERVICE, '', SERVICE",
  })
  void aSubResourceOrMethodThatIsNotThereIsNotAllowed(
      String method, Target target, String query, String resource) {
    var refusal = assertThrows(S3Exception.class, () -> route(method, target, query));
    assertEquals(S3Error.METHOD_NOT_ALLOWED, refusal.error());
    assertEquals(resource, refusal.fields().get("ResourceType"));
    assertEquals(method, refusal.fields().get("Method"));
  }

  @Test
  void subResourcesExcludeEachOther() {
    var refusal = assertThrows(S3Exception.class, () -> route("GET", Target.BUCKET, "policy&acl"));
    assertEquals(S3Error.INVALID_ARGUMENT, refusal.error());
  }

  @ParameterizedTest
  @CsvSource({"partNumber=1", "uploadId=u"})
  void halfOfAPartIsNoObject(String query) {
    var refusal = assertThrows(S3Exception.class, () -> route("PUT", Target.OBJECT, query));
    assertEquals(S3Error.INVALID_ARGUMENT, refusal.error());
  }

  @Test
  void aPostOnABucketIsNoOperation() {
    assertNull(router.find("POST", Target.BUCKET, QueryString.parse(""), NONE));
  }
}
