package io.coffer.service.sts;

import io.coffer.auth.Credentials;
import io.coffer.model.CommonError;
import io.coffer.model.sts.GetAccessKeyInfoRequest;
import io.coffer.model.sts.GetAccessKeyInfoResponse;
import io.coffer.service.Context;
import io.coffer.service.Handler;

/** GetAccessKeyInfo: the account of an access key. No permission is needed to be told. */
public final class GetAccessKeyInfo
    implements Handler<GetAccessKeyInfoRequest, GetAccessKeyInfoResponse> {
  private final Credentials credentials;

  public GetAccessKeyInfo(Credentials credentials) {
    this.credentials = credentials;
  }

  @Override
  public GetAccessKeyInfoResponse handle(GetAccessKeyInfoRequest request, Context context) {
    var id = request.accessKeyId();
    var credential = id == null ? null : credentials.find(id);
    if (credential == null) {
      throw CommonError.VALIDATION_ERROR.exception("The specified access key ID does not exist.");
    }
    return GetAccessKeyInfoResponse.builder().account(credential.account().id()).build();
  }
}
