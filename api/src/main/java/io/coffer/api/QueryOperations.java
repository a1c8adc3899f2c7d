package io.coffer.api;

import io.coffer.model.QueryOperation;
import io.coffer.service.Context;
import io.coffer.service.Service;
import java.io.IOException;

/** What stands behind the API of IAM and STS. Thread-safe. */
public interface QueryOperations {
  /** Whether an operation is built; the rest answers 501. */
  boolean supports(QueryOperation operation);

  /**
   * Runs an operation.
   *
   * @param request a record of {@code operation.input()}, which keeps the model's constraints
   * @param context with a caller who is anonymous only where {@code operation.signed()} is false
   * @return a record of {@code operation.output()}
   * @throws io.coffer.model.QueryException the operation is refused
   * @throws io.coffer.model.S3Exception likewise, by what IAM and STS share with S3
   * @throws IOException the client went away
   */
  Object call(QueryOperation operation, Object request, Context context) throws IOException;

  /** The service layer. */
  static QueryOperations of(Service service) {
    return new QueryOperations() {
      @Override
      public boolean supports(QueryOperation operation) {
        return service.supports(operation);
      }

      @Override
      public Object call(QueryOperation operation, Object request, Context context)
          throws IOException {
        return service.call(operation, request, context);
      }
    };
  }
}
