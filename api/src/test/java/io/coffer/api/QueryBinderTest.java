package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.QueryOperation;
import io.coffer.model.Shape;
import io.coffer.model.iam.CreateAccessKeyRequest;
import io.coffer.model.iam.CreateUserRequest;
import io.coffer.model.iam.ListUsersRequest;
import io.coffer.model.iam.Tag;
import io.coffer.model.iam.UntagUserRequest;
import io.coffer.model.iam.UpdateAccessKeyRequest;
import io.coffer.model.sts.AssumeRoleRequest;
import io.coffer.model.sts.AssumeRoleWithWebIdentityRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryBinderTest {
  private static QueryForm form(String text) {
    return QueryForm.parse("", text.getBytes(StandardCharsets.UTF_8));
  }

  private static <R> R bind(Shape<R> shape, String form) {
    return QueryBinder.bind(shape, form(form));
  }

  private static String refused(CommonError error, Shape<?> shape, String form) {
    var thrown = assertThrows(QueryException.class, () -> bind(shape, form));
    assertEquals(error, thrown.error(), thrown::getMessage);
    return String.valueOf(thrown.getMessage());
  }

  private static List<QueryOperation> operations() {
    var operations = new ArrayList<QueryOperation>();
    operations.addAll(List.of(io.coffer.model.iam.Operation.values()));
    operations.addAll(List.of(io.coffer.model.sts.Operation.values()));
    return operations;
  }

  @Test
  void everyRequestOfBothModelsIsBoundAsItWasWritten() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (var operation : operations()) {
      for (int i = 0; i < 10; i++) {
        roundTrip(operation.input(), random, seed);
      }
    }
  }

  private static <R> void roundTrip(Shape<R> shape, Random random, long seed) {
    var record = new RandomRequests(random).record(shape);
    var form = new FormWriter(random).write(shape, record);
    var bound =
        assertDoesNotThrow(
            () -> bind(shape, form), () -> "seed " + seed + ": " + shape.name() + " " + form);
    assertEquals(record, bound, () -> "seed " + seed + ": " + form);
  }

  @Test
  void whatTheModelDoesNotKnowIsIgnored() {
    assertEquals(
        CreateUserRequest.builder().userName("Ann").build(),
        bind(CreateUserRequest.SHAPE, "UserName=Ann&Colour=red&UserName.x=1&=&a.b=c"));
  }

  @Test
  void itemsComeInTheOrderOfTheirNumbers() {
    var tags =
        bind(
                CreateUserRequest.SHAPE,
                "UserName=a&Tags.member.10.Key=k10&Tags.member.10.Value=x"
                    + "&Tags.member.9.Key=k9&Tags.member.9.Value=")
            .tags();
    assertEquals(
        List.of(
            Tag.builder().key("k9").value("").build(), Tag.builder().key("k10").value("x").build()),
        tags);
  }

  @Test
  void allThatIsMissingIsSaidAtOnce() {
    assertEquals(
        "1 validation error detected: Value null at 'userName' failed to satisfy constraint:"
            + " Member must not be null",
        refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, ""));
    assertEquals(
        "2 validation errors detected: Value null at 'roleArn' failed to satisfy constraint:"
            + " Member must not be null; Value null at 'roleSessionName' failed to satisfy"
            + " constraint: Member must not be null",
        refused(CommonError.VALIDATION_ERROR, AssumeRoleRequest.SHAPE, ""));
    assertEquals(
        "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy"
            + " constraint: Member must not be null",
        refused(
            CommonError.VALIDATION_ERROR,
            CreateUserRequest.SHAPE,
            "UserName=a&Tags.member.4.Key=k"));
  }

  @Test
  void lengthsAndBoundsAreThoseOfTheModel() {
    var name = "a".repeat(65);
    assertEquals(
        "1 validation error detected: Value '"
            + name
            + "' at 'userName' failed to satisfy constraint: Member must have length less than or"
            + " equal to 64",
        refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, "UserName=" + name));
    assertEquals(
        "1 validation error detected: Value '' at 'userName' failed to satisfy constraint: Member"
            + " must have length greater than or equal to 1",
        refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, "UserName="));
    assertEquals(
        "1 validation error detected: Value '1001' at 'maxItems' failed to satisfy constraint:"
            + " Member must have value less than or equal to 1000",
        refused(CommonError.VALIDATION_ERROR, ListUsersRequest.SHAPE, "MaxItems=1001"));
    assertEquals(1000, bind(ListUsersRequest.SHAPE, "MaxItems=1000").maxItems());
  }

  @Test
  void iamSaysInWordsWhichCharactersANameMayHave() {
    assertEquals(
        "The specified value for userName is invalid. It must contain only alphanumeric characters"
            + " and/or the following: +=,.@_-",
        refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, "UserName=a/b"));
    assertEquals(
        "The specified value for path is invalid. It must begin and end with / and contain only"
            + " alphanumeric characters and/or / characters.",
        refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, "UserName=a&Path=b"));
  }

  @Test
  void patternsAndWordsAreNamed() {
    assertEquals(
        "1 validation error detected: Value 'a b' at 'roleSessionName' failed to satisfy"
            + " constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
        refused(
            CommonError.VALIDATION_ERROR,
            AssumeRoleRequest.SHAPE,
            "RoleSessionName=a+b&RoleArn=arn:aws:iam::123456789012:role/r"));
    assertEquals(
        "1 validation error detected: Value 'On' at 'status' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [Active, Inactive, Expired]",
        refused(
            CommonError.VALIDATION_ERROR,
            UpdateAccessKeyRequest.SHAPE,
            "AccessKeyId=A1234567890123456789&Status=On"));
    assertEquals(
        "1 validation error detected: Value '[a*]' at 'tagKeys' failed to satisfy constraint:"
            + " Member must satisfy constraint: [Member must have length less than or equal to 128,"
            + " Member must have length greater than or equal to 1, Member must satisfy regular"
            + " expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+]",
        refused(
            CommonError.VALIDATION_ERROR,
            UntagUserRequest.SHAPE,
            "UserName=a&TagKeys.member.1=a*"));
  }

  @Test
  void aSecretAndALongTextAreNotRepeated() {
    var message =
        refused(
            CommonError.VALIDATION_ERROR,
            AssumeRoleWithWebIdentityRequest.SHAPE,
            "RoleSessionName=s&RoleArn=arn:aws:iam::123456789012:role/r&WebIdentityToken=abc");
    assertTrue(message.contains("Value at 'webIdentityToken'"), message);
    var longName = "a".repeat(100_000);
    var of =
        refused(CommonError.VALIDATION_ERROR, CreateAccessKeyRequest.SHAPE, "UserName=" + longName);
    assertTrue(of.contains("Value at 'userName'") && of.length() < 300, of);
  }

  @ParameterizedTest
  @CsvSource({
    "MaxItems=ten",
    "MaxItems=",
    "MaxItems=99999999999",
    "MaxItems=0x10",
  })
  void aNumberThatIsNoneIsMalformed(String form) {
    refused(CommonError.MALFORMED_INPUT, ListUsersRequest.SHAPE, form);
  }

  @ParameterizedTest
  @CsvSource({
    "TagKeys.member.x=a",
    "TagKeys.member.0=a",
    "TagKeys.member.01=a",
    "TagKeys.member.-1=a",
    "TagKeys.member.1234567=a",
    "TagKeys.member.=a",
    "TagKeys=a"
  })
  void anIndexThatIsNoneIsMalformed(String form) {
    refused(CommonError.MALFORMED_INPUT, UntagUserRequest.SHAPE, "UserName=a&" + form);
  }

  @Test
  void manyFaultsMakeAShortAnswer() {
    var form = new StringBuilder("UserName=a");
    for (int i = 1; i < 5000; i++) {
      form.append("&Tags.member.").append(i).append(".Key=");
    }
    var message = refused(CommonError.VALIDATION_ERROR, CreateUserRequest.SHAPE, form.toString());
    assertTrue(message.length() < 5_000, () -> message.length() + " characters");
  }

  @Test
  void aFormThatWasTamperedWithIsBoundOrRefusedButNeverAFaultOfOurs() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (var operation : operations()) {
      var form = new StringBuilder(written(operation.input(), random));
      for (int i = 0; i < 30; i++) {
        tamper(form, random);
        var text = form.toString();
        try {
          QueryBinder.bind(operation, form(text));
        } catch (QueryException e) {
          assertTrue(e.error().isOfSender(), () -> "seed " + seed + ": " + text);
        } catch (RuntimeException e) {
          throw new AssertionError("seed " + seed + ": " + text, e);
        }
      }
    }
  }

  private static <R> String written(Shape<R> shape, Random random) {
    return new FormWriter(random).write(shape, new RandomRequests(random).record(shape));
  }

  private static void tamper(StringBuilder form, Random random) {
    int at = random.nextInt(form.length() + 1);
    int end = Math.min(form.length(), at + random.nextInt(6));
    switch (random.nextInt(4)) {
      case 0 -> form.delete(at, end);
      case 1 -> form.insert(at, form.substring(at, end));
      case 2 -> form.insert(at, "%.&=+-01\u0000\u00ff".charAt(random.nextInt(10)));
      default -> form.insert(at, ".member." + random.nextInt(3));
    }
  }
}
