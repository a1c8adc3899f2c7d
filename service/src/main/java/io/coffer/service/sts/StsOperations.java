package io.coffer.service.sts;

import static io.coffer.model.sts.Operation.GET_ACCESS_KEY_INFO;
import static io.coffer.model.sts.Operation.GET_CALLER_IDENTITY;

import io.coffer.model.QueryOperation;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.HashMap;
import java.util.Map;

/** Which handler an operation of STS has; what is not here is not built and answers 501. */
public final class StsOperations {
  private StsOperations() {}

  public static Map<QueryOperation, Handler<?, ?>> of(Subjects s) {
    var table = new HashMap<QueryOperation, Handler<?, ?>>();
    table.put(GET_CALLER_IDENTITY, new GetCallerIdentity());
    table.put(GET_ACCESS_KEY_INFO, new GetAccessKeyInfo(s.accounts()));
    return Map.copyOf(table);
  }
}
