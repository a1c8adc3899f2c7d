package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads Principal and NotPrincipal. Source: as {@link PrincipalPattern}. */
final class PrincipalReader {
  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern ROOT = Pattern.compile("arn:aws[a-z-]*:iam::([0-9]{12}):root");

  private static final Pattern ENTITY =
      Pattern.compile("arn:aws[a-z-]*:iam::[0-9]{12}:(user|role)/[!-~&&[^*?]]{1,600}");

  private static final Pattern SESSION =
      Pattern.compile(
          "arn:aws[a-z-]*:sts::[0-9]{12}:"
              + "(assumed-role/[\\w+=,.@-]{1,64}|federated-user)/[\\w+=,.@-]{1,64}");

  private static final Pattern UNIQUE_ID = Pattern.compile("A(IDA|ROA)[A-Z0-9]{8,124}");
  private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern SERVICE = Pattern.compile("[a-zA-Z0-9.-]{1,128}");
  private static final Pattern PROVIDER = Pattern.compile("[!-~&&[^*?]]{1,512}");

  private final PolicyKind kind;

  PrincipalReader(PolicyKind kind) {
    this.kind = kind;
  }

  Principals read(JsonNode node, boolean negated) {
    if (node.isString()) {
      if (!node.stringValue().equals("*")) {
        throw fault("Invalid principal in policy");
      }
      return new Principals(negated, List.of(new PrincipalPattern.Everyone()));
    }
    if (!node.isObject()) {
      throw fault("Invalid principal in policy");
    }
    var patterns = new ArrayList<PrincipalPattern>();
    for (var member : node.properties()) {
      var value = member.getValue();
      if (value.isArray()) {
        for (var each : value) {
          patterns.add(pattern(member.getKey(), each));
        }
      } else {
        patterns.add(pattern(member.getKey(), value));
      }
    }
    if (patterns.isEmpty()) {
      throw fault("Missing required field Principal cannot be empty!");
    }
    return new Principals(negated, patterns);
  }

  private PrincipalPattern pattern(String type, JsonNode node) {
    if (!node.isString()) {
      throw fault("Invalid principal in policy");
    }
    var text = node.stringValue();
    switch (type) {
      case "AWS" -> {
        return aws(text);
      }
      case "CanonicalUser" -> {
        if (kind == PolicyKind.RESOURCE && CANONICAL.matcher(text).matches()) {
          return new PrincipalPattern.CanonicalUser(text);
        }
      }
      case "Federated" -> {
        if (PROVIDER.matcher(text).matches()) {
          return new PrincipalPattern.Federated(text);
        }
      }
      case "Service" -> {
        if (SERVICE.matcher(text).matches()) {
          return new PrincipalPattern.ServiceName(text);
        }
      }
      default -> {}
    }
    throw invalid(type, text);
  }

  private PrincipalPattern aws(String text) {
    if (text.equals("*")) {
      return new PrincipalPattern.Everyone();
    }
    if (ACCOUNT.matcher(text).matches()) {
      return new PrincipalPattern.AccountId(text, text);
    }
    var root = ROOT.matcher(text);
    if (root.matches()) {
      return new PrincipalPattern.AccountId(text, root.group(1));
    }
    if (ENTITY.matcher(text).matches() || SESSION.matcher(text).matches()) {
      return new PrincipalPattern.Arn(text);
    }
    if (UNIQUE_ID.matcher(text).matches()) {
      return new PrincipalPattern.UniqueId(text);
    }
    throw invalid("AWS", text);
  }

  private MalformedPolicyException invalid(String type, String text) {
    return kind == PolicyKind.RESOURCE
        ? fault("Invalid principal in policy")
        : fault("Invalid principal in policy: \"" + type + "\":\"" + text + "\"");
  }

  private MalformedPolicyException fault(String message) {
    return new MalformedPolicyException(kind, message);
  }
}
