package io.coffer.service.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * The managed policies of AWS that have a meaning here. Those of many services have the statements
 * of S3, IAM and STS alone. Source: AWS Managed Policy Reference Guide.
 */
public enum AwsPolicy {
  ADMINISTRATOR_ACCESS(
      "AdministratorAccess",
      "ANPAIWMBCKSKIEE64ZLYK",
      1,
      "2015-02-06T18:39:46Z",
      "2015-02-06T18:39:46Z",
      "Provides full access to AWS services and resources."),
  AMAZON_S3_FULL_ACCESS(
      "AmazonS3FullAccess",
      "ANPAIFIR6V6BVTRAHWINE",
      2,
      "2015-02-06T18:40:58Z",
      "2021-09-27T20:16:37Z",
      "Provides full access to all buckets via the AWS Management Console."),
  AMAZON_S3_READ_ONLY_ACCESS(
      "AmazonS3ReadOnlyAccess",
      "ANPAIZTJ4DXE7G6AGAE6M",
      3,
      "2015-02-06T18:40:59Z",
      "2023-08-10T21:31:39Z",
      "Provides read only access to all buckets via the AWS Management Console."),
  IAM_FULL_ACCESS(
      "IAMFullAccess",
      "ANPAI7XKCFMBPM3QQRRVQ",
      2,
      "2015-02-06T18:40:38Z",
      "2019-06-21T19:40:00Z",
      "Provides full access to IAM via the AWS Management Console."),
  IAM_READ_ONLY_ACCESS(
      "IAMReadOnlyAccess",
      "ANPAJKSO7NDY4T57MWDSQ",
      4,
      "2015-02-06T18:40:39Z",
      "2018-01-25T19:11:27Z",
      "Provides read only access to IAM via the AWS Management Console."),
  POWER_USER_ACCESS(
      "PowerUserAccess",
      "ANPAJYRXTHIB4FOVS3ZXS",
      5,
      "2015-02-06T18:39:47Z",
      "2023-07-06T22:04:00Z",
      "Provides full access to AWS services and resources, but does not allow management of Users"
          + " and groups."),
  READ_ONLY_ACCESS(
      "ReadOnlyAccess",
      "ANPAILL3HVNFSB6DCOWYQ",
      1,
      "2015-02-06T18:39:48Z",
      "2015-02-06T18:39:48Z",
      "Provides read-only access to AWS services and resources."),
  SECURITY_AUDIT(
      "SecurityAudit",
      "ANPAIX2T3QCXHR2OGGCTO",
      1,
      "2015-02-06T18:41:01Z",
      "2015-02-06T18:41:01Z",
      "The security audit template grants access to read security configuration metadata. It is"
          + " useful for software that audits the configuration of an AWS account.");

  private static final String PREFIX = "arn:aws:iam::aws:policy/";

  private final String policyName;
  private final String id;
  private final int version;
  private final Instant created;
  private final Instant updated;
  private final String description;
  private final String document;

  AwsPolicy(
      String policyName,
      String id,
      int version,
      String created,
      String updated,
      String description) {
    this.policyName = policyName;
    this.id = id;
    this.version = version;
    this.created = Instant.parse(created);
    this.updated = Instant.parse(updated);
    this.description = description;
    this.document = load(policyName + ".json");
  }

  private static String load(String file) {
    try (var in = Objects.requireNonNull(AwsPolicy.class.getResourceAsStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one with an ARN; empty for other ARNs. */
  public static Optional<AwsPolicy> find(String arn) {
    if (!arn.startsWith(PREFIX)) {
      return Optional.empty();
    }
    return Arrays.stream(values()).filter(policy -> policy.arn().equals(arn)).findFirst();
  }

  public String policyName() {
    return policyName;
  }

  /** AWS's id of it. */
  public String id() {
    return id;
  }

  public String arn() {
    return PREFIX + policyName;
  }

  /** The number of its only version here. */
  public int version() {
    return version;
  }

  public Instant created() {
    return created;
  }

  public Instant updated() {
    return updated;
  }

  public String description() {
    return description;
  }

  /** What it says, as JSON. */
  public String document() {
    return document;
  }
}
