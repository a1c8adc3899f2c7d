package io.coffer.api;

import static io.coffer.model.CommonError.MISSING_AUTHENTICATION_TOKEN;
import static io.coffer.model.CommonError.NOT_IMPLEMENTED;
import static io.coffer.model.CommonError.VALIDATION_ERROR;
import static io.coffer.model.sts.Operation.GET_ACCESS_KEY_INFO;
import static io.coffer.model.sts.Operation.GET_CALLER_IDENTITY;

import io.coffer.auth.Caller;
import io.coffer.auth.Credentials;
import io.coffer.model.QueryOperation;
import io.coffer.model.sts.GetAccessKeyInfoRequest;
import io.coffer.model.sts.GetAccessKeyInfoResponse;
import io.coffer.model.sts.GetCallerIdentityResponse;
import io.coffer.service.Context;

/** What STS says of a caller and of an access key: no permission is needed to be told. */
public final class CallerOperations implements QueryOperations {
  private final Credentials credentials;

  public CallerOperations(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public boolean supports(QueryOperation operation) {
    return operation == GET_CALLER_IDENTITY || operation == GET_ACCESS_KEY_INFO;
  }

  @Override
  public Object call(QueryOperation operation, Object request, Context context) {
    if (operation == GET_CALLER_IDENTITY) {
      return identity(context.caller());
    }
    if (operation == GET_ACCESS_KEY_INFO) {
      return account((GetAccessKeyInfoRequest) request);
    }
    throw NOT_IMPLEMENTED.exception(operation.modelName() + " is not implemented.");
  }

  private static GetCallerIdentityResponse identity(Caller caller) {
    return switch (caller) {
      case Caller.Root root -> {
        var account = root.account().id();
        yield GetCallerIdentityResponse.builder()
            .userId(account)
            .account(account)
            .arn("arn:aws:iam::" + account + ":root")
            .build();
      }
      case Caller.Anonymous ignored ->
          throw MISSING_AUTHENTICATION_TOKEN.exception("Request is missing Authentication Token");
    };
  }

  private GetAccessKeyInfoResponse account(GetAccessKeyInfoRequest request) {
    var id = request.accessKeyId();
    var credential = id == null ? null : credentials.find(id);
    if (credential == null) {
      throw VALIDATION_ERROR.exception("The specified access key ID does not exist.");
    }
    return GetAccessKeyInfoResponse.builder().account(credential.account().id()).build();
  }
}
