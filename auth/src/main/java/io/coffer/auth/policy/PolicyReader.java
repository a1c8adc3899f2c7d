package io.coffer.auth.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads policies and refuses those that AWS refuses, with its texts where they are known. Size and
 * depth are bounded. Source: IAM User Guide, "Grammar of the IAM JSON policy language"; S3 User
 * Guide, "Policies and permissions in Amazon S3".
 */
public final class PolicyReader {
  /** Policy, statements, statement, Condition, operator, values: and some to say what is wrong. */
  private static final int MAX_DEPTH = 12;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final PolicyKind kind;
  private final @Nullable String bucket;

  private PolicyReader(PolicyKind kind, @Nullable String bucket) {
    this.kind = kind;
    this.bucket = bucket;
  }

  /**
   * Reads a policy.
   *
   * @throws MalformedPolicyException it is not one, or not one of that kind
   */
  public static Policy read(String json, PolicyKind kind) {
    return new PolicyReader(kind, null).read(json);
  }

  /**
   * Reads the policy of a bucket, whose every Resource must be the bucket or in it.
   *
   * @throws MalformedPolicyException it is not one
   */
  public static Policy readBucketPolicy(String json, String bucket) {
    return new PolicyReader(PolicyKind.RESOURCE, bucket).read(json);
  }

  private Policy read(String json) {
    var root = parse(json);
    var version = Policy.Version.V2008;
    JsonNode list = null;
    String id = null;
    for (var member : root.properties()) {
      var value = member.getValue();
      switch (member.getKey()) {
        case "Version" -> version = version(value);
        case "Id" -> id = id(value);
        case "Statement" -> list = value;
        default -> throw fault(unknown(member.getKey()));
      }
    }
    if (list == null) {
      throw fault(
          kind == PolicyKind.RESOURCE
              ? "Missing required field Statement"
              : "Syntax errors in policy.");
    }
    return new Policy(kind, version, id, statements(list, version));
  }

  private JsonNode parse(String json) {
    if (json.isEmpty() || json.charAt(0) != '{') {
      throw fault("Policies must be valid JSON and the first byte must be '{'");
    }
    if (json.length() > kind.maxBytes()
        || json.getBytes(StandardCharsets.UTF_8).length > kind.maxBytes()) {
      throw fault("Policy exceeds the maximum allowed document size.");
    }
    try {
      return JSON.readTree(json);
    } catch (JacksonException e) {
      throw fault("This policy contains invalid Json");
    }
  }

  private Policy.Version version(JsonNode node) {
    for (var version : Policy.Version.values()) {
      if (node.isString() && node.stringValue().equals(version.text())) {
        return version;
      }
    }
    throw fault("The policy must contain a valid version string");
  }

  private String id(JsonNode node) {
    if (!node.isString()) {
      throw fault("Invalid policy syntax.");
    }
    return node.stringValue();
  }

  private List<Statement> statements(JsonNode list, Policy.Version version) {
    var reader = new StatementReader(kind, version, bucket);
    var statements = new ArrayList<Statement>();
    var sids = new HashSet<String>();
    if (list.isObject()) {
      statements.add(reader.read(list, 1));
    } else if (list.isArray()) {
      for (var node : list) {
        var statement = reader.read(node, statements.size() + 1);
        if (statement.sid() != null && !statement.sid().isEmpty() && !sids.add(statement.sid())) {
          throw fault("Statement IDs (SID) in a single policy must be unique.");
        }
        statements.add(statement);
      }
    } else {
      throw fault("Invalid policy syntax.");
    }
    if (statements.isEmpty()) {
      throw fault(
          kind == PolicyKind.RESOURCE
              ? "Could not parse the policy: Statement is empty!"
              : "Syntax errors in policy.");
    }
    return statements;
  }

  private String unknown(String field) {
    return kind == PolicyKind.RESOURCE ? "Unknown field " + field : "Syntax errors in policy.";
  }

  private MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(kind, message);
  }
}
