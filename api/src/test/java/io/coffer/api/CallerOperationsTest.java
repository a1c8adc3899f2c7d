package io.coffer.api;

import static io.coffer.model.sts.Operation.GET_ACCESS_KEY_INFO;
import static io.coffer.model.sts.Operation.GET_CALLER_IDENTITY;
import static io.coffer.model.sts.Operation.GET_SESSION_TOKEN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.iam.Operation;
import io.coffer.model.sts.GetAccessKeyInfoRequest;
import io.coffer.model.sts.GetAccessKeyInfoResponse;
import io.coffer.service.Context;
import org.junit.jupiter.api.Test;

class CallerOperationsTest {
  private static final Context ROOT =
      new Context(new Caller.Root(TestApi.ACCOUNT, "AKIDEXAMPLE"), "id");

  private final CallerOperations operations =
      new CallerOperations(
          id -> id.equals("AKIAKNOWN") ? new Credential(id, "secret", TestApi.ACCOUNT) : null);

  private Object info(String accessKeyId) {
    var request = GetAccessKeyInfoRequest.builder().accessKeyId(accessKeyId).build();
    return operations.call(GET_ACCESS_KEY_INFO, request, ROOT);
  }

  @Test
  void theAccountOfAKeyIsKnown() {
    assertEquals(
        GetAccessKeyInfoResponse.builder().account("111111111111").build(), info("AKIAKNOWN"));
    var thrown = assertThrows(QueryException.class, () -> info("AKIAOTHER"));
    assertEquals(CommonError.VALIDATION_ERROR, thrown.error());
  }

  @Test
  void nobodyHasNoIdentity() {
    var nobody = new Context(new Caller.Anonymous(), "id");
    var thrown =
        assertThrows(QueryException.class, () -> operations.call(GET_CALLER_IDENTITY, "", nobody));
    assertEquals(CommonError.MISSING_AUTHENTICATION_TOKEN, thrown.error());
  }

  @Test
  void theRestIsForOthers() {
    assertTrue(operations.supports(GET_CALLER_IDENTITY));
    for (var operation : Operation.values()) {
      assertFalse(operations.supports(operation), operation.modelName());
    }
    var thrown =
        assertThrows(QueryException.class, () -> operations.call(GET_SESSION_TOKEN, "", ROOT));
    assertEquals(CommonError.NOT_IMPLEMENTED, thrown.error());
  }
}
