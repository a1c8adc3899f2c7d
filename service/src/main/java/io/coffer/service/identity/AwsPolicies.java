package io.coffer.service.identity;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The managed policies of AWS that have a meaning here. Source: AWS Managed Policy Reference Guide.
 */
public final class AwsPolicies {
  private static final String PREFIX = "arn:aws:iam::aws:policy/";

  private static final Map<String, String> DOCUMENTS = new LinkedHashMap<>();

  static {
    add("AdministratorAccess", "*");
    add("AmazonS3FullAccess", "s3:*", "s3-object-lambda:*");
    add(
        "AmazonS3ReadOnlyAccess",
        "s3:Get*",
        "s3:List*",
        "s3:Describe*",
        "s3-object-lambda:Get*",
        "s3-object-lambda:List*");
    add("IAMFullAccess", "iam:*");
    add(
        "IAMReadOnlyAccess",
        "iam:GenerateCredentialReport",
        "iam:GenerateServiceLastAccessedDetails",
        "iam:Get*",
        "iam:List*",
        "iam:SimulateCustomPolicy",
        "iam:SimulatePrincipalPolicy");
  }

  private AwsPolicies() {}

  private static void add(String name, String... actions) {
    var list = "\"" + String.join("\", \"", actions) + "\"";
    DOCUMENTS.put(
        PREFIX + name,
        "{\"Version\": \"2012-10-17\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": ["
            + list
            + "], \"Resource\": \"*\"}]}");
  }

  /** The document of a policy of AWS; empty for other ARNs. */
  public static Optional<String> document(String arn) {
    return Optional.ofNullable(DOCUMENTS.get(arn));
  }
}
