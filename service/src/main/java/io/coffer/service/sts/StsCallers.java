package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.Session;
import io.coffer.model.CommonError;
import io.coffer.service.Context;
import org.jspecify.annotations.Nullable;

/** Who may ask STS for what, whatever policies say. */
final class StsCallers {
  private StsCallers() {}

  /** Who has signed. */
  static Caller.Known known(Context context) {
    if (context.caller() instanceof Caller.Known known) {
      return known;
    }
    throw CommonError.MISSING_AUTHENTICATION_TOKEN.exception(
        "Request is missing Authentication Token");
  }

  /**
   * The identity of a session that a user or root makes for itself.
   *
   * @param operation that only they may call, with a key of their own
   * @throws io.coffer.model.QueryException AccessDenied for who is in a session
   */
  static Session.Identity withOwnKey(Context context, String operation) {
    return switch (known(context)) {
      case Caller.Root root -> new Session.OfRoot();
      case Caller.User user -> new Session.OfUser(user.path(), user.name(), user.id());
      case Caller.InSession in ->
          throw CommonError.ACCESS_DENIED.exception(
              "Cannot call " + operation + " with session credentials");
    };
  }

  /**
   * Refuses what is proof of a device, since there are none.
   *
   * @throws io.coffer.model.QueryException AccessDenied
   */
  static void refuseDevices(@Nullable String serialNumber, @Nullable String tokenCode) {
    if (serialNumber != null || tokenCode != null) {
      throw CommonError.ACCESS_DENIED.exception(
          "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA"
              + " serial number is valid and associated with this user.");
    }
  }

  /** Root cannot assume roles, and federated sessions cannot call STS. */
  static boolean mayAssumeRoles(Caller.Known caller) {
    return switch (caller) {
      case Caller.Root root -> false;
      case Caller.User user -> true;
      case Caller.InSession in ->
          switch (in.session().identity()) {
            case Session.OfRoot root -> false;
            case Session.Federated federated -> false;
            case Session.OfUser user -> true;
            case Session.OfRole role -> true;
          };
    };
  }

  /** The longest session that root makes is an hour, as is the default. */
  static int seconds(Session.Identity identity, @Nullable Integer wanted) {
    boolean root = identity instanceof Session.OfRoot;
    int usual = root ? 3_600 : 43_200;
    int seconds = wanted == null ? usual : wanted;
    return root ? Math.min(seconds, usual) : seconds;
  }
}
