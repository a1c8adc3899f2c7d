package io.coffer.service.iam;

import io.coffer.model.QueryOperation;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.HashMap;
import java.util.Map;

/** Which handler an operation of IAM has; what is not here is not built and answers 501. */
public final class IamOperations {
  private IamOperations() {}

  public static Map<QueryOperation, Handler<?, ?>> of(Subjects s) {
    var table = new HashMap<QueryOperation, Handler<?, ?>>();
    return Map.copyOf(table);
  }
}
