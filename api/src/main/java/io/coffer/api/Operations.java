package io.coffer.api;

import io.coffer.model.s3.Operation;
import io.coffer.service.AccountAccess;
import io.coffer.service.Context;
import io.coffer.service.Service;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What stands behind the API: the service layer. Thread-safe. */
public interface Operations {
  /** Whether an operation is built; the rest answers 501. */
  boolean supports(Operation operation);

  /**
   * Runs an operation.
   *
   * @param request a record of {@code operation.input()}
   * @return a record of {@code operation.output()}
   * @throws io.coffer.model.S3Exception the operation is refused
   * @throws IOException the client went away
   */
  Object call(Operation operation, Object request, Context context) throws IOException;

  /** What accounts say of all their buckets; null where there is no such thing. */
  default @Nullable AccountAccess accounts() {
    return null;
  }

  /** What explains to operators why somebody may do something; null where nothing does. */
  default @Nullable ExplainPage explainPage() {
    return null;
  }

  /** The service layer, without explanations. */
  static Operations of(Service service) {
    return of(service, null);
  }

  /** The service layer. */
  static Operations of(Service service, @Nullable ExplainPage explainPage) {
    return new Operations() {
      @Override
      public @Nullable ExplainPage explainPage() {
        return explainPage;
      }

      @Override
      public boolean supports(Operation operation) {
        return service.supports(operation);
      }

      @Override
      public Object call(Operation operation, Object request, Context context) throws IOException {
        return service.call(operation, request, context);
      }

      @Override
      public AccountAccess accounts() {
        return service.accountAccess();
      }
    };
  }
}
