package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Source: S3 User Guide, "The meaning of 'public'". */
class BucketPolicyStatusTest {
  private static boolean isPublic(String principal, String condition) {
    return BucketPolicyStatus.isPublic(
        PolicyCase.read(
            """
            [{"Effect": "Allow", "Principal": %s, "Action": "s3:*", "Resource": "*",
              "Condition": %s}]"""
                .formatted(principal, condition),
            PolicyKind.RESOURCE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"*\" | true",
        "{\"AWS\": \"*\"} | true",
        "{\"AWS\": [\"111111111111\", \"*\"]} | true",
        "{\"Federated\": \"graph.facebook.com\"} | true",
        "{\"AWS\": \"111111111111\"} | false",
        "{\"AWS\": \"arn:aws:iam::111111111111:user/alice\"} | false",
        "{\"Service\": \"logging.s3.amazonaws.com\"} | false",
        "{\"CanonicalUser\": \"1111111111111111111111111111111111111111111111111111111111111111\"}"
            + " | false",
      })
  void fixedPrincipalsAreNotThePublic(String principal, boolean expected) {
    assertEquals(expected, isPublic(principal, "{}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"StringLike\": {\"aws:SourceVpc\": \"vpc-*\"}} | true",
        "{\"StringEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | false",
        "{\"StringLike\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | false",
        "{\"StringNotEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | true",
        "{\"StringEqualsIfExists\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | true",
        "{\"ForAllValues:StringEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | true",
        "{\"ForAnyValue:StringEquals\": {\"aws:SourceVpc\": \"vpc-91237329\"}} | false",
        "{\"StringEquals\": {\"aws:SourceVpc\": [\"vpc-1\", \"vpc-2\"]}} | false",
        "{\"StringLike\": {\"aws:SourceVpc\": [\"vpc-1\", \"vpc-*\"]}} | true",
        "{\"StringEquals\": {\"aws:SourceVpc\": \"${aws:username}\"}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}} | false",
        "{\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}} | false",
        "{\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/0\"}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"0.0.0.0/1\"}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"54.0.0.0/7\"}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": \"2001:db8::/32\"}} | false",
        "{\"IpAddress\": {\"aws:SourceIp\": \"2001:db8::/31\"}} | true",
        "{\"IpAddress\": {\"aws:SourceIp\": [\"203.0.113.0/24\", \"0.0.0.0/0\"]}} | true",
        "{\"NotIpAddress\": {\"aws:SourceIp\": \"203.0.113.0/24\"}} | true",
        "{\"ArnEquals\": {\"aws:SourceArn\": \"arn:aws:s3:::source\"}} | false",
        "{\"ArnLike\": {\"aws:SourceArn\": \"arn:aws:s3:::*\"}} | true",
        "{\"StringEquals\": {\"aws:PrincipalOrgID\": \"o-12345\"}} | false",
        "{\"StringEquals\": {\"aws:PrincipalAccount\": \"111111111111\"}} | false",
        "{\"ArnEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::111111111111:role/a\"}} | false",
        "{\"StringEquals\": {\"aws:userid\": \"AIDAALICE\"}} | false",
        "{\"StringLike\": {\"aws:userid\": \"AROAAPP:*\"}} | true",
        "{\"StringEquals\": {\"s3:DataAccessPointAccount\": \"111111111111\"}} | false",
        "{\"ArnLike\": {\"s3:DataAccessPointArn\":"
            + " \"arn:aws:s3:us-west-2:123456789012:accesspoint/*\"}} | false",
        "{\"ArnLike\": {\"s3:DataAccessPointArn\":"
            + " \"arn:aws:s3:us-west-2:*:accesspoint/*\"}} | true",
        "{\"StringEquals\": {\"aws:Referer\": \"http://example.com/\"}} | true",
        "{\"Bool\": {\"aws:SecureTransport\": \"true\"}} | true",
        "{\"Bool\": {\"aws:SecureTransport\": \"true\"}, \"StringEquals\":"
            + " {\"aws:SourceVpc\": \"vpc-1\"}} | false",
      })
  void conditionsOnFixedValuesLeaveThePublicOut(String condition, boolean expected) {
    assertEquals(expected, isPublic("\"*\"", condition));
  }

  @Test
  void onePublicStatementMakesAPolicyPublic() {
    var policy =
        PolicyCase.read(
            """
            [{"Effect": "Allow", "Principal": {"AWS": "222222222222"}, "Action": "s3:*",
              "Resource": "*"},
             {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]""",
            PolicyKind.RESOURCE);
    assertEquals(true, BucketPolicyStatus.isPublic(policy));
  }

  @Test
  void aDenialMakesNothingPublic() {
    var policy =
        PolicyCase.read(
            "[{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\","
                + " \"Resource\": \"*\"}]",
            PolicyKind.RESOURCE);
    assertEquals(false, BucketPolicyStatus.isPublic(policy));
  }
}
