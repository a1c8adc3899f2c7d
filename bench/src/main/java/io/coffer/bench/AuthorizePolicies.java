package io.coffer.bench;

import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import java.util.ArrayList;
import java.util.List;

/** Policies as a team has them: each statement about buckets and directories of its own. */
final class AuthorizePolicies {
  private static final int POLICIES = 10;

  private AuthorizePolicies() {}

  /** Ten policies of ten statements; statement 7 of policy 6 is of the bucket data-67. */
  static List<NamedPolicy> identity() {
    var policies = new ArrayList<NamedPolicy>();
    for (int p = 0; p < POLICIES; p++) {
      var statements = new StringBuilder("{\"Version\":\"2012-10-17\",\"Statement\":[");
      for (int s = 0; s < POLICIES; s++) {
        statements.append(s == 0 ? "" : ",").append(statement(s, "data-" + p + s));
      }
      policies.add(
          new NamedPolicy(
              "policy " + p, PolicyReader.read(statements + "]}", PolicyKind.IDENTITY)));
    }
    return policies;
  }

  private static String statement(int kind, String bucket) {
    var objects = "\"arn:aws:s3:::" + bucket + "/*\"";
    return switch (kind) {
      case 0 ->
          """
          {"Effect":"Deny","Action":"s3:Delete*","Resource":%s,
           "Condition":{"Bool":{"aws:SecureTransport":"false"}}}"""
              .formatted(objects);
      case 1 ->
          """
          {"Effect":"Allow","Action":"s3:ListBucket","Resource":"arn:aws:s3:::%s",
           "Condition":{"StringLike":{"s3:prefix":["","home/${aws:username}/*"]}}}"""
              .formatted(bucket);
      case 2 ->
          """
          {"Effect":"Allow","Action":["s3:GetObject","s3:PutObject"],
           "Resource":"arn:aws:s3:::%s/home/${aws:username}/*"}"""
              .formatted(bucket);
      case 3 ->
          """
          {"Effect":"Deny","NotAction":["s3:Get*","s3:List*","s3:Put*"],"Resource":%s}"""
              .formatted(objects);
      case 4 ->
          """
          {"Effect":"Deny","Action":"s3:*","Resource":"*",
           "Condition":{"NotIpAddress":{"aws:SourceIp":["10.0.0.0/8","2001:db8::/32"]}}}""";
      case 5 ->
          """
          {"Effect":"Allow","Action":"s3:*","Resource":%s,
           "Condition":{"StringEquals":{"aws:PrincipalTag/team":"%s"}}}"""
              .formatted(objects, bucket);
      default ->
          """
          {"Effect":"Allow","Action":["s3:GetObject","s3:GetObjectVersion","s3:PutObject"],
           "Resource":["arn:aws:s3:::%s/logs/*/part-?",%s]}"""
              .formatted(bucket, objects);
    };
  }

  /** A bucket policy that insists on TLS and on encryption. */
  static NamedPolicy bucket() {
    return new NamedPolicy(
        "bucket",
        PolicyReader.read(
            """
            {"Version":"2012-10-17","Statement":[
             {"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*",
              "Condition":{"Bool":{"aws:SecureTransport":"false"}}},
             {"Effect":"Deny","Principal":"*","Action":"s3:PutObject","Resource":"*",
              "Condition":{"StringNotEquals":{"s3:x-amz-server-side-encryption":"AES256"}}},
             {"Effect":"Allow","Principal":{"AWS":"222222222222"},"Action":"s3:GetObject",
              "Resource":"arn:aws:s3:::*"}]}""",
            PolicyKind.RESOURCE));
  }
}
