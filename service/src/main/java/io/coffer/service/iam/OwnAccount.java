package io.coffer.service.iam;

import io.coffer.auth.Account;
import io.coffer.auth.Caller;
import io.coffer.model.CommonError;
import io.coffer.service.Context;

/** Whose IAM a request is about: that of the caller's account. */
final class OwnAccount {
  private OwnAccount() {}

  /**
   * The account of the caller.
   *
   * @throws io.coffer.model.QueryException MissingAuthenticationToken for nobody
   */
  static Account of(Context context) {
    if (context.caller() instanceof Caller.Known known) {
      return known.account();
    }
    throw CommonError.MISSING_AUTHENTICATION_TOKEN.exception(
        "Request is missing Authentication Token");
  }

  /** Its id. */
  static String id(Context context) {
    return of(context).id();
  }
}
