package io.coffer.api;

import static io.coffer.model.CommonError.INVALID_ACTION;
import static io.coffer.model.CommonError.MISSING_ACTION;

import io.coffer.auth.SigningService;
import io.coffer.model.QueryOperation;
import org.jspecify.annotations.Nullable;

/** A service that is asked by forms. Its operations are loaded when it is asked first. */
enum QueryService {
  IAM(
      SigningService.IAM,
      io.coffer.model.iam.Operation.VERSION,
      io.coffer.model.iam.Operation.NAMESPACE),
  STS(
      SigningService.STS,
      io.coffer.model.sts.Operation.VERSION,
      io.coffer.model.sts.Operation.NAMESPACE);

  private final SigningService signing;
  private final String version;
  private final String namespace;

  QueryService(SigningService signing, String version, String namespace) {
    this.signing = signing;
    this.version = version;
    this.namespace = namespace;
  }

  SigningService signing() {
    return signing;
  }

  /** Of its API, a date. */
  String version() {
    return version;
  }

  /** Of its XML. */
  String namespace() {
    return namespace;
  }

  /** The operation that a form names, or null when there is none of that name and version. */
  @Nullable QueryOperation find(QueryForm form) {
    var action = form.value("Action");
    return action == null || !version.equals(form.value("Version")) ? null : find(action);
  }

  private @Nullable QueryOperation find(String action) {
    return switch (this) {
      case IAM -> io.coffer.model.iam.Operation.of(action);
      case STS -> io.coffer.model.sts.Operation.of(action);
    };
  }

  /**
   * The operation that a form names.
   *
   * @throws io.coffer.model.QueryException MissingAction, InvalidAction
   */
  QueryOperation require(QueryForm form) {
    var operation = find(form);
    if (operation != null) {
      return operation;
    }
    var action = form.value("Action");
    if (action == null || action.isEmpty()) {
      throw MISSING_ACTION.exception("The request has no parameter Action.");
    }
    var named = form.value("Version");
    throw INVALID_ACTION.exception(
        "Could not find operation %s for version %s"
            .formatted(action, named == null ? "NO_VERSION_SPECIFIED" : named));
  }
}
