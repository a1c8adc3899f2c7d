package io.coffer.service.sts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.Session;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.GetAccessKeyInfoRequest;
import io.coffer.model.sts.GetCallerIdentityRequest;
import io.coffer.model.sts.GetCallerIdentityResponse;
import io.coffer.service.Context;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallerOperationsTest {
  private static final Account ACCOUNT =
      new Account("111111111111", "main", "Main", "main@example.com", "main-canonical");

  private final GetAccessKeyInfo info =
      new GetAccessKeyInfo(
          id -> id.equals("AKIAKNOWN") ? new Credential(id, "secret", ACCOUNT) : null);

  private final StsWorld world = new StsWorld();

  private GetCallerIdentityResponse identity(Caller caller) {
    var request = GetCallerIdentityRequest.builder().build();
    return new GetCallerIdentity(world.subjects.access())
        .handle(request, new Context(caller, "id"));
  }

  private String accountOf(String accessKeyId) {
    var request = GetAccessKeyInfoRequest.builder().accessKeyId(accessKeyId).build();
    var root = new Context(new Caller.Root(ACCOUNT, "AKIDEXAMPLE"), "id");
    return String.valueOf(info.handle(request, root).account());
  }

  @Test
  void theAccountOfAKeyIsKnown() {
    assertEquals("111111111111", accountOf("AKIAKNOWN"));
    var thrown = assertThrows(QueryException.class, () -> accountOf("AKIAOTHER"));
    assertEquals(CommonError.VALIDATION_ERROR, thrown.error());
  }

  @Test
  void nobodyHasNoIdentity() {
    var thrown = assertThrows(QueryException.class, () -> identity(new Caller.Anonymous()));
    assertEquals(CommonError.MISSING_AUTHENTICATION_TOKEN, thrown.error());
  }

  @Test
  void aSessionOfARoleIsNamedByBoth() {
    world.role(ACCOUNT, "builder", StsWorld.trust("*"));
    var role = new Session.OfRole("/", "builder", "AROABUILDER", "nightly");
    var now = Instant.EPOCH;
    var session =
        new Session(
            "ASIA", ACCOUNT, role, now, now, List.of(), List.of(), Map.of(), Set.of(), null, null);
    var identity = identity(new Caller.InSession(session));
    assertEquals("arn:aws:sts::111111111111:assumed-role/builder/nightly", identity.arn());
    assertEquals("AROABUILDER:nightly", identity.userId());
  }

  @Test
  void whoIsNoMoreIsNobody() {
    var gone = new Caller.User(ACCOUNT, "/", "gone", "AIDAGONE", "AKIAGONE");
    var thrown = assertThrows(QueryException.class, () -> identity(gone));
    assertEquals(CommonError.INVALID_CLIENT_TOKEN_ID, thrown.error());
  }
}
