package io.coffer.service.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.s3.Permission;
import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What ACLs grant, and how they are kept. */
class AclTest {
  private static final AclGrant OWNERS = AclGrant.to("owner", Permission.FULL_CONTROL);

  @Test
  void whatIsWrittenIntoARowIsReadFromIt() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      var acl = random(random, random.nextInt(Acl.MAX_GRANTS + 1));
      var out = new RowWriter(1);
      Acl.encode(acl, out);
      Acl.encode(null, out.number(7));
      var in = new RowReader(out.finish(), 1);
      assertEquals(acl, Acl.decode(in), "seed " + seed);
      assertEquals(7, in.number());
      assertEquals(null, Acl.decode(in));
    }
  }

  private static Acl random(Random random, int count) {
    var grants = new ArrayList<AclGrant>();
    for (int i = 0; i < count; i++) {
      var permission = Permission.values()[random.nextInt(Permission.values().length)];
      int kind = random.nextInt(4);
      grants.add(
          kind == 3
              ? AclGrant.to("id-" + random.nextInt(5), permission)
              : AclGrant.to(AclGroup.values()[kind], permission));
    }
    return new Acl(grants);
  }

  @Test
  void aRowThatIsNoAclIsRefused() {
    var group = new RowWriter(1).flag(true).number(1).number(9).number(0).finish();
    assertThrows(IllegalStateException.class, () -> Acl.decode(new RowReader(group, 1)));
    var permission = new RowWriter(1).flag(true).number(1).number(1).number(9).finish();
    assertThrows(IllegalStateException.class, () -> Acl.decode(new RowReader(permission, 1)));
  }

  @Test
  void groupsAreShownFirstAndTheRestAsGiven() {
    var everybody = AclGrant.to(AclGroup.ALL_USERS, Permission.READ);
    var other = AclGrant.to("other", Permission.READ);
    assertEquals(
        List.of(everybody, OWNERS, other), new Acl(List.of(OWNERS, everybody, other)).grants());
  }

  @Test
  void fullControlIsEveryPermissionAndOthersAreThemselves() {
    for (var granted : Permission.values()) {
      var acl = new Acl(List.of(AclGrant.to("me", granted)));
      for (var asked : Permission.values()) {
        boolean expected = granted == asked || granted == Permission.FULL_CONTROL;
        assertEquals(expected, acl.allows("me", asked, false), granted + " for " + asked);
        assertFalse(acl.allows("you", asked, false));
        assertFalse(acl.allows(null, asked, false));
      }
    }
  }

  @Test
  void groupsAreEverybodyOrWhoeverSigned() {
    var everybody = new Acl(List.of(AclGrant.to(AclGroup.ALL_USERS, Permission.READ)));
    assertTrue(everybody.allows(null, Permission.READ, false));
    assertTrue(everybody.allows("you", Permission.READ, false));
    var signed = new Acl(List.of(AclGrant.to(AclGroup.AUTHENTICATED_USERS, Permission.READ)));
    assertFalse(signed.allows(null, Permission.READ, false));
    assertTrue(signed.allows("you", Permission.READ, false));
    var logs = new Acl(List.of(AclGrant.to(AclGroup.LOG_DELIVERY, Permission.WRITE)));
    assertFalse(logs.allows("you", Permission.WRITE, false));
  }

  @Test
  void whatIsPublicCanBeIgnoredAndTheRestOfTheAclStays() {
    var grants =
        List.of(
            AclGrant.to(AclGroup.ALL_USERS, Permission.READ),
            AclGrant.to(AclGroup.AUTHENTICATED_USERS, Permission.WRITE),
            AclGrant.to("friend", Permission.READ));
    var acl = new Acl(grants);
    assertTrue(acl.isPublic());
    assertFalse(acl.allows(null, Permission.READ, true));
    assertFalse(acl.allows("you", Permission.WRITE, true));
    assertTrue(acl.allows("friend", Permission.READ, true));
  }

  @Test
  void cannedAclsGrantWhatTheUserGuideSays() {
    assertEquals(List.of("owner FULL_CONTROL"), words(CannedAcl.PRIVATE));
    assertEquals(List.of("ALL_USERS READ", "owner FULL_CONTROL"), words(CannedAcl.PUBLIC_READ));
    assertEquals(
        List.of("ALL_USERS READ", "ALL_USERS WRITE", "owner FULL_CONTROL"),
        words(CannedAcl.PUBLIC_READ_WRITE));
    assertEquals(
        List.of("AUTHENTICATED_USERS READ", "owner FULL_CONTROL"),
        words(CannedAcl.AUTHENTICATED_READ));
    assertEquals(List.of("owner FULL_CONTROL"), words(CannedAcl.AWS_EXEC_READ));
    assertEquals(List.of("owner FULL_CONTROL", "bucket READ"), words(CannedAcl.BUCKET_OWNER_READ));
    assertEquals(
        List.of("owner FULL_CONTROL", "bucket FULL_CONTROL"),
        words(CannedAcl.BUCKET_OWNER_FULL_CONTROL));
    assertEquals(
        List.of("LOG_DELIVERY WRITE", "LOG_DELIVERY READ_ACP", "owner FULL_CONTROL"),
        words(CannedAcl.LOG_DELIVERY_WRITE));
  }

  private static List<String> words(CannedAcl canned) {
    return canned.grants("owner", "bucket").grants().stream()
        .map(
            grant ->
                switch (grant.grantee()) {
                  case AclGrantee.Canonical(var id) -> id + " " + grant.permission();
                  case AclGrantee.Group(var group) -> group + " " + grant.permission();
                })
        .toList();
  }

  @Test
  void theOwnerOfBucketAndObjectIsGrantedItAllOnce() {
    for (var canned : CannedAcl.values()) {
      var owners = canned.grants("owner", "owner").grants().stream().filter(OWNERS::equals);
      assertEquals(1, owners.count(), canned.name());
    }
  }

  @Test
  void onlyGroupsOfPeopleMakeAnAclPublic() {
    for (var canned : CannedAcl.values()) {
      boolean expected =
          canned == CannedAcl.PUBLIC_READ
              || canned == CannedAcl.PUBLIC_READ_WRITE
              || canned == CannedAcl.AUTHENTICATED_READ;
      assertEquals(expected, canned.grants("owner", "bucket").isPublic(), canned.name());
    }
  }

  @Test
  void moreThanAHundredGrantsAreNoAcl() {
    var grants = Collections.nCopies(Acl.MAX_GRANTS, OWNERS);
    assertEquals(Acl.MAX_GRANTS, Acl.of(grants).grants().size());
    var more = Collections.nCopies(Acl.MAX_GRANTS + 1, OWNERS);
    var refused = assertThrows(S3Exception.class, () -> Acl.of(more));
    assertEquals(S3Error.MALFORMED_ACL, refused.error());
  }
}
