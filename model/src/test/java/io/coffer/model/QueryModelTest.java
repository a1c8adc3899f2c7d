package io.coffer.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.GetAccountSummaryResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListUsersRequest;
import io.coffer.model.iam.Operation;
import io.coffer.model.iam.TagUserRequest;
import io.coffer.model.iam.UntagUserRequest;
import io.coffer.model.sts.AssumeRoleWithWebIdentityRequest;
import io.coffer.model.sts.Credentials;
import io.coffer.model.sts.StsError;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** IAM and STS, where single traits are known from AWS's documentation. */
class QueryModelTest {
  private static <R> Member<R, ?> member(Shape<R> shape, String name) {
    return shape.members().stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void anOperationIsFoundByItsName() {
    for (var operation : Operation.values()) {
      assertEquals(operation, Operation.of(operation.modelName()));
    }
    assertEquals(
        io.coffer.model.sts.Operation.GET_CALLER_IDENTITY,
        io.coffer.model.sts.Operation.of("GetCallerIdentity"));
    assertNull(Operation.of("createUser"));
    assertEquals("2010-05-08", Operation.VERSION);
    assertEquals("2011-06-15", io.coffer.model.sts.Operation.VERSION);
  }

  @Test
  void aResultIsThereExactlyWhenTheModelHasAnOutput() {
    assertEquals("CreateUserResult", Operation.CREATE_USER.result());
    assertNull(Operation.DELETE_USER.result());
    for (var operations : Shapes.queryServices()) {
      for (var operation : operations) {
        if (operation.result() == null) {
          assertEquals(List.of(), operation.output().members(), operation.modelName());
        }
      }
    }
  }

  @Test
  void onlyOutsideProofsGoUnsigned() {
    var unsigned =
        Shapes.queryServices().stream()
            .<QueryOperation>flatMap(List::stream)
            .filter(o -> !o.signed())
            .map(QueryOperation::modelName)
            .toList();
    assertEquals(List.of("AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"), unsigned);
  }

  @Test
  void aNameHasTheLengthAndThePatternThatAwsDocuments() {
    var userName = member(CreateUserRequest.SHAPE, "UserName");
    assertTrue(userName.required());
    assertEquals(new Constraints(1, 64, "[\\w+=,.@-]+", false, null), userName.constraints());
    assertEquals(
        new Constraints(1, 1000, null, false, null),
        member(ListUsersRequest.SHAPE, "MaxItems").constraints());
  }

  @Test
  void aListHasItsOwnBoundsAndThoseOfItsItems() {
    var keys = member(UntagUserRequest.SHAPE, "TagKeys").constraints();
    assertEquals(50, keys.max());
    assertEquals(
        new Constraints(1, 128, "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+", false, null), keys.items());
    assertNull(member(TagUserRequest.SHAPE, "Tags").constraints().items());
  }

  @Test
  void secretsAreMarkedAndNotPrinted() {
    var token = member(AssumeRoleWithWebIdentityRequest.SHAPE, "WebIdentityToken");
    assertTrue(token.constraints().sensitive());
    var credentials = Credentials.builder().secretAccessKey("hush").build().toString();
    assertFalse(credentials.contains("hush"), credentials);
  }

  @Test
  void aMapHasValuesOfItsOwnType() {
    assertEquals(
        new Type.MapOf<>(new Type.Int32()),
        member(GetAccountSummaryResponse.SHAPE, "SummaryMap").type());
  }

  @Test
  void datesAreWholeSeconds() {
    assertEquals(
        new Type.Timestamp(TimestampFormat.ISO_8601_SECONDS),
        member(Credentials.SHAPE, "Expiration").type());
  }

  @Test
  void everyShapeIsInTheNamespaceOfItsService() {
    for (var operations : Shapes.queryServices()) {
      var namespace = operations.getFirst().input().namespace();
      assertTrue(namespace.matches("https://(iam|sts)\\.amazonaws\\.com/doc/[0-9-]+/"), namespace);
      for (var shape : Shapes.of(operations)) {
        assertEquals(namespace, shape.namespace(), shape.name());
        shape.members().forEach(m -> assertEquals(Location.ELEMENT, m.location(), shape.name()));
      }
    }
  }

  private static Stream<QueryError> errors() {
    return Stream.of(IamError.values(), StsError.values(), CommonError.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @CsvSource({
    "NoSuchEntity, 404, true",
    "EntityAlreadyExists, 409, true",
    "DeleteConflict, 409, true",
    "LimitExceeded, 409, true",
    "MalformedPolicyDocument, 400, true",
    "InvalidInput, 400, true",
    "ServiceFailure, 500, false",
    "PackedPolicyTooLarge, 400, true",
    "RegionDisabledException, 403, true",
    "AccessDenied, 403, true",
    "InvalidClientTokenId, 403, true",
    "Throttling, 400, true",
    "InternalFailure, 500, false"
  })
  void anErrorHasTheStatusThatAwsDocuments(String code, int status, boolean ofSender) {
    var error = errors().filter(e -> e.code().equals(code)).findFirst().orElseThrow();
    assertEquals(status, error.status());
    assertEquals(ofSender, error.isOfSender());
    var exception = error.exception("what happened");
    assertEquals(error, exception.error());
    assertEquals("what happened", exception.getMessage());
    assertEquals(0, exception.getStackTrace().length);
  }

  @Test
  void oneCodeHasOneStatus() {
    var seen = new HashMap<String, Integer>();
    errors()
        .forEach(
            e -> {
              assertTrue(e.status() >= 400 && e.status() <= 503, e.code());
              var before = seen.put(e.code(), e.status());
              assertTrue(before == null || before == e.status(), e.code());
            });
    assertNotNull(seen.get("NoSuchEntity"));
  }
}
