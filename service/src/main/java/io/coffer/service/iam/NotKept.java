package io.coffer.service.iam;

import io.coffer.model.iam.DeleteLoginProfileRequest;
import io.coffer.model.iam.DeleteLoginProfileResponse;
import io.coffer.model.iam.GetAccountPasswordPolicyRequest;
import io.coffer.model.iam.GetAccountPasswordPolicyResponse;
import io.coffer.model.iam.GetLoginProfileRequest;
import io.coffer.model.iam.GetLoginProfileResponse;
import io.coffer.model.iam.IamError;
import io.coffer.model.iam.ListMFADevicesRequest;
import io.coffer.model.iam.ListMFADevicesResponse;
import io.coffer.model.iam.ListSSHPublicKeysRequest;
import io.coffer.model.iam.ListSSHPublicKeysResponse;
import io.coffer.model.iam.ListServiceSpecificCredentialsRequest;
import io.coffer.model.iam.ListServiceSpecificCredentialsResponse;
import io.coffer.model.iam.ListSigningCertificatesRequest;
import io.coffer.model.iam.ListSigningCertificatesResponse;
import io.coffer.model.iam.ListVirtualMFADevicesRequest;
import io.coffer.model.iam.ListVirtualMFADevicesResponse;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What users of AWS can have and ours never do: passwords, devices, certificates. Tools ask for it
 * before they delete a user, and are told that there is none.
 */
final class NotKept {
  private final Access access;
  private final FoundUsers found;

  NotKept(Access access, FoundUsers found) {
    this.access = access;
    this.found = found;
  }

  GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest request, Context context) {
    var user = found.require(context, "iam:GetLoginProfile", request.userName()).value();
    throw noLoginProfile(user.name());
  }

  DeleteLoginProfileResponse deleteLoginProfile(
      DeleteLoginProfileRequest request, Context context) {
    var user = found.require(context, "iam:DeleteLoginProfile", request.userName()).value();
    throw noLoginProfile(user.name());
  }

  private static RuntimeException noLoginProfile(String user) {
    return IamError.NO_SUCH_ENTITY.exception(
        "Login Profile for User " + user + " cannot be found.");
  }

  GetAccountPasswordPolicyResponse getPasswordPolicy(
      GetAccountPasswordPolicyRequest request, Context context) {
    access.require(context, "iam:GetAccountPasswordPolicy", "*", Answers.values(context));
    throw IamError.NO_SUCH_ENTITY.exception(
        "The Password Policy with domain name " + OwnAccount.id(context) + " cannot be found.");
  }

  ListMFADevicesResponse mfaDevices(ListMFADevicesRequest request, Context context) {
    check(context, "iam:ListMFADevices", request.userName());
    return ListMFADevicesResponse.builder().mfaDevices(List.of()).isTruncated(false).build();
  }

  ListVirtualMFADevicesResponse virtualMfaDevices(
      ListVirtualMFADevicesRequest request, Context context) {
    access.require(context, "iam:ListVirtualMFADevices", "*", Answers.values(context));
    return ListVirtualMFADevicesResponse.builder()
        .virtualMFADevices(List.of())
        .isTruncated(false)
        .build();
  }

  ListSSHPublicKeysResponse sshPublicKeys(ListSSHPublicKeysRequest request, Context context) {
    check(context, "iam:ListSSHPublicKeys", request.userName());
    return ListSSHPublicKeysResponse.builder().sshPublicKeys(List.of()).isTruncated(false).build();
  }

  ListSigningCertificatesResponse signingCertificates(
      ListSigningCertificatesRequest request, Context context) {
    check(context, "iam:ListSigningCertificates", request.userName());
    return ListSigningCertificatesResponse.builder()
        .certificates(List.of())
        .isTruncated(false)
        .build();
  }

  ListServiceSpecificCredentialsResponse serviceCredentials(
      ListServiceSpecificCredentialsRequest request, Context context) {
    check(context, "iam:ListServiceSpecificCredentials", request.userName());
    return ListServiceSpecificCredentialsResponse.builder()
        .serviceSpecificCredentials(List.of())
        .isTruncated(false)
        .build();
  }

  /** Root has none either. */
  private void check(Context context, String action, @Nullable String userName) {
    if (userName != null || !FoundUsers.isRoot(context)) {
      found.require(context, action, userName);
    }
  }
}
