package io.coffer.auth;

import io.coffer.model.RequestHead;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A service as credential scopes name it. */
public enum SigningService {
  S3("s3"),
  IAM("iam"),
  STS("sts");

  /**
   * What SDKs sign for services that AWS has once for all regions; nothing is what those sign that
   * were told of no region, as ceph's s3-tests.
   */
  private static final Set<String> GLOBAL_REGIONS = Set.of("us-east-1", "aws-global", "");

  private static final String HEADER_CREDENTIAL = "Credential=";

  private final String scopeName;

  SigningService(String scopeName) {
    this.scopeName = scopeName;
  }

  /** Its name in credential scopes. */
  public String scopeName() {
    return scopeName;
  }

  /** Whether a signature for a region holds at a server of that other region. */
  boolean isSignedFor(String region, String serverRegion) {
    return region.equals(serverRegion) || (this != S3 && GLOBAL_REGIONS.contains(region));
  }

  /**
   * The service that a request says it was signed for, which nobody has verified yet.
   *
   * @return null when it is not signed with Signature V4, or for another service
   * @throws io.coffer.model.S3Exception AuthorizationQueryParametersError for a malformed query
   */
  public static @Nullable SigningService announced(RequestHead head) {
    var scope = announcedScope(head);
    return scope == null ? null : of(scope.service());
  }

  private static @Nullable CredentialScope announcedScope(RequestHead head) {
    var authorization = head.headers().first("Authorization");
    if (authorization != null) {
      int from = authorization.indexOf(HEADER_CREDENTIAL);
      if (from < 0) {
        return null;
      }
      int end = authorization.indexOf(',', from);
      var text =
          authorization.substring(
              from + HEADER_CREDENTIAL.length(), end < 0 ? authorization.length() : end);
      return CredentialScope.parse(text.strip());
    }
    var credential = PresignedQuery.parameters(head.query()).get(PresignedQuery.CREDENTIAL);
    return credential == null ? null : CredentialScope.parse(credential);
  }

  /** The service of that name, or null. */
  private static @Nullable SigningService of(String scopeName) {
    for (var service : values()) {
      if (service.scopeName.equals(scopeName)) {
        return service;
      }
    }
    return null;
  }
}
