package io.coffer.service.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.BucketCannedACL;
import io.coffer.model.s3.ObjectCannedACL;
import io.coffer.model.s3.Permission;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The headers x-amz-acl and x-amz-grant-*. */
class AclHeadersTest {
  private static List<NamedGrant> reads(String header) {
    return AclHeaders.of(null, header, null, null, null, null).grants();
  }

  private static NamedGrant read(NamedGrant.Kind kind, String value) {
    return new NamedGrant(kind, value, Permission.READ);
  }

  @Test
  void granteesComeInQuotesOrWithout() {
    var expected =
        List.of(
            read(NamedGrant.Kind.ID, "abc"),
            read(NamedGrant.Kind.URI, "http://acs.amazonaws.com/groups/global/AllUsers"),
            read(NamedGrant.Kind.EMAIL, "a,b@example.com"));
    assertEquals(
        expected,
        reads(
            "id=\"abc\", uri=\"http://acs.amazonaws.com/groups/global/AllUsers\","
                + "emailAddress=\"a,b@example.com\""));
    assertEquals(
        expected,
        reads(
            " ID = abc ,uri=http://acs.amazonaws.com/groups/global/AllUsers,"
                + " emailaddress=\"a,b@example.com\" "));
  }

  @Test
  void eachHeaderIsAPermission() {
    var grants = AclHeaders.of(null, "id=1", "id=2", "id=3", "id=4", "id=5").grants();
    assertEquals(
        List.of(
            Permission.READ,
            Permission.WRITE,
            Permission.READ_ACP,
            Permission.WRITE_ACP,
            Permission.FULL_CONTROL),
        grants.stream().map(NamedGrant::permission).toList());
    assertEquals(List.of("1", "2", "3", "4", "5"), grants.stream().map(NamedGrant::value).toList());
  }

  @Test
  void nothingIsNothing() {
    var none = AclHeaders.of(null, null, "", " ", null, null);
    assertTrue(none.isEmpty());
    assertNull(none.canned());
  }

  @Test
  void everyNameOfTheModelIsKnown() {
    for (var name : BucketCannedACL.values()) {
      assertEquals(name.name(), String.valueOf(CannedAcl.of(name)));
    }
    for (var name : ObjectCannedACL.values()) {
      assertEquals(name.name(), String.valueOf(CannedAcl.of(name)));
    }
  }

  @Test
  void aNameAndGrantsExcludeEachOther() {
    var refused =
        assertThrows(
            S3Exception.class,
            () -> AclHeaders.of(ObjectCannedACL.PRIVATE, "id=1", null, null, null, null));
    assertEquals(S3Error.INVALID_REQUEST, refused.error());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "id",
        "id=",
        "=abc",
        "name=abc",
        "id=\"abc",
        "id=abc\"",
        "id=a b",
        "id=abc,",
        ",id=abc",
        "id=abc,,id=abc",
        "id=\"abc\"x",
      })
  void whatIsNoGranteeIsRefused(String header) {
    var refused = assertThrows(S3Exception.class, () -> reads(header));
    assertEquals(S3Error.INVALID_ARGUMENT, refused.error());
    assertEquals("x-amz-grant-read", refused.fields().get("ArgumentName"));
  }

  @Test
  void thousandsOfGranteesAreRefusedSoon() {
    var refused = assertThrows(S3Exception.class, () -> reads("id=1,".repeat(10_000) + "id=1"));
    assertEquals(S3Error.MALFORMED_ACL, refused.error());
    assertThrows(S3Exception.class, () -> reads("id=" + "a ".repeat(50_000)));
  }
}
