package io.coffer.auth.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What people commonly meant when a statement does not do what they hoped. */
final class Hints {
  /** So many of a long list are shown. */
  private static final int SOME = 4;

  private Hints() {}

  /** A list, or its beginning. */
  static String some(List<String> texts) {
    var text = String.join(", ", texts.subList(0, Math.min(SOME, texts.size())));
    return texts.size() <= SOME ? text : text + " and " + (texts.size() - SOME) + " more";
  }

  static @Nullable String ofActions(Actions actions, RequestContext request) {
    for (var pattern : actions.patterns()) {
      var right = actionOf(pattern);
      if (right != null) {
        return "there is no action " + pattern + ": it is " + right;
      }
    }
    return null;
  }

  /** The action that an operation needs, where the operation's name is taken for the action's. */
  private static @Nullable String actionOf(String operation) {
    return switch (operation) {
      case "s3:ListObjects", "s3:ListObjectsV2", "s3:HeadBucket" -> "s3:ListBucket";
      case "s3:ListObjectVersions" -> "s3:ListBucketVersions";
      case "s3:ListBuckets" -> "s3:ListAllMyBuckets";
      case "s3:ListMultipartUploads" -> "s3:ListBucketMultipartUploads";
      case "s3:ListParts" -> "s3:ListMultipartUploadParts";
      case "s3:HeadObject" -> "s3:GetObject";
      case "s3:DeleteObjects" -> "s3:DeleteObject";
      case "s3:CopyObject" -> "s3:GetObject of the source and s3:PutObject of the copy";
      case "s3:CreateMultipartUpload", "s3:UploadPart", "s3:CompleteMultipartUpload" ->
          "s3:PutObject";
      case "s3:PutBucketEncryption" -> "s3:PutEncryptionConfiguration";
      case "s3:GetBucketEncryption" -> "s3:GetEncryptionConfiguration";
      case "s3:PutBucketLifecycle", "s3:PutBucketLifecycleConfiguration" ->
          "s3:PutLifecycleConfiguration";
      case "s3:GetBucketLifecycle", "s3:GetBucketLifecycleConfiguration" ->
          "s3:GetLifecycleConfiguration";
      case "s3:PutBucketReplication" -> "s3:PutReplicationConfiguration";
      case "s3:GetBucketReplication" -> "s3:GetReplicationConfiguration";
      default -> null;
    };
  }

  static @Nullable String ofResources(Resources resources, Policy policy, RequestContext request) {
    for (var pattern : resources.patterns()) {
      var hint = ofResource(pattern, policy, request);
      if (hint != null) {
        return hint;
      }
    }
    return null;
  }

  private static @Nullable String ofResource(
      String pattern, Policy policy, RequestContext request) {
    var resource = request.resource();
    var variable = ofVariables(pattern, policy, request);
    if (variable != null) {
      return variable;
    }
    if (resource.equals("*")) {
      return request.action() + " is of no one resource; its Resource is \"*\"";
    }
    if (pattern.startsWith("arn:aws:s3:") && !pattern.startsWith("arn:aws:s3:::")) {
      return "ARNs of buckets and objects have neither region nor account: arn:aws:s3:::NAME";
    }
    if (resource.startsWith(pattern + "/")) {
      return "that is the bucket itself; its objects are " + pattern + "/*";
    }
    if (pattern.startsWith(resource + "/")) {
      return "those are objects; the bucket itself is " + resource;
    }
    if (pattern.endsWith("/") && resource.startsWith(pattern)) {
      return "that is the one key that ends with the slash; what is below it is " + pattern + "*";
    }
    if (pattern.toLowerCase(Locale.ROOT).equals(resource.toLowerCase(Locale.ROOT))) {
      return "upper and lower case differ";
    }
    return null;
  }

  /** What is wrong with the variables of a text. */
  private static @Nullable String ofVariables(String text, Policy policy, RequestContext request) {
    if (!text.contains("${")) {
      return null;
    }
    if (policy.version() == Policy.Version.V2008) {
      return "without \"Version\": \"2012-10-17\" a variable is text like any other";
    }
    for (var piece : Template.parse(text, true).pieces()) {
      if (piece instanceof Template.Variable variable
          && variable.fallback() == null
          && request.values(variable.key()).size() != 1) {
        return "the variable ${" + variable.key() + "} has no value in this request";
      }
    }
    return null;
  }

  static @Nullable String ofCondition(Condition condition, Policy policy, RequestContext request) {
    var comparison = condition.parsedOperator().comparison();
    for (var value : condition.values()) {
      var variable = ofVariables(value, policy, request);
      if (variable != null) {
        return variable;
      }
      if (comparison == Comparison.STRING_EQUALS && WildText.of(value).isWild()) {
        return "StringEquals takes wildcards literally; StringLike knows them";
      }
      if (comparison.type() == Comparison.Type.ARN && !ArnPattern.hasSixParts(value)) {
        return "a pattern of ARNs needs six parts";
      }
    }
    return null;
  }
}
