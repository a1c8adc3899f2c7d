package io.coffer.auth.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Policies and requests of few words, so that they often meet. */
final class RandomPolicies {
  private static final List<String> CALLERS =
      List.of(
          "root 1",
          "root 2",
          "user 1 alice",
          "user 1 bob tag.team=red",
          "user 2 carol",
          "role 1 app s1",
          "role 2 app s1 tag.team=red",
          "federated 1 fed of alice",
          "federated 1 fed of root",
          "service logging.s3.amazonaws.com",
          "anonymous");

  private static final List<String> PRINCIPALS =
      List.of(
          "\"*\"",
          "{\"AWS\":\"*\"}",
          "{\"AWS\":\"111111111111\"}",
          "{\"AWS\":\"arn:aws:iam::222222222222:root\"}",
          "{\"AWS\":[\"arn:aws:iam::111111111111:user/alice\",\"111111111111\"]}",
          "{\"AWS\":\"arn:aws:iam::111111111111:role/app\"}",
          "{\"AWS\":\"arn:aws:sts::111111111111:assumed-role/app/s1\"}",
          "{\"AWS\":\"arn:aws:sts::111111111111:federated-user/fed\"}",
          "{\"Service\":\"logging.s3.amazonaws.com\"}");

  private static final List<String> ACTIONS =
      List.of("*", "s3:*", "s3:Get*", "s3:GetObject", "s3:PutObject", "s3:*Object");

  private static final List<String> RESOURCES =
      List.of(
          "*",
          "arn:aws:s3:::b*",
          "arn:aws:s3:::b/*",
          "arn:aws:s3:::b/k?",
          "arn:aws:s3:::b/${aws:username}/*",
          "arn:aws:s3:::b/${aws:PrincipalTag/team, 'blue'}*");

  private static final List<String> CONDITIONS =
      List.of(
          "{\"StringEquals\":{\"aws:username\":\"alice\"}}",
          "{\"StringNotLike\":{\"aws:PrincipalArn\":\"*alice\"}}",
          "{\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"2001:db8::/32\"]}}",
          "{\"NotIpAddress\":{\"aws:SourceIp\":\"10.0.0.0/9\"}}",
          "{\"Bool\":{\"aws:SecureTransport\":\"true\"},\"Null\":{\"aws:Referer\":\"true\"}}",
          "{\"ForAnyValue:StringLike\":{\"aws:TagKeys\":[\"a*\",\"b\"]}}",
          "{\"ForAllValues:StringEquals\":{\"aws:TagKeys\":[\"a1\",\"b\"]}}",
          "{\"NumericLessThanIfExists\":{\"aws:EpochTime\":\"100\"}}",
          "{\"ArnLike\":{\"aws:PrincipalArn\":\"arn:aws:iam::*:user/*\"}}");

  private static final List<String> KEYS =
      List.of("b/k", "b/k1", "b/alice/x", "b/red/x", "b/blue/x", "c/k", "b");

  private final Random random;

  RandomPolicies(Random random) {
    this.random = random;
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean chance(int oneOf) {
    return random.nextInt(oneOf) == 0;
  }

  RequestContext request() {
    var values = ConditionValues.builder();
    if (!chance(4)) {
      values.put(
          "aws:SourceIp", any(List.of("10.1.2.3", "10.200.0.1", "192.0.2.1", "2001:db8::1")));
    }
    if (!chance(4)) {
      values.put("aws:SecureTransport", any(List.of("true", "false")));
    }
    if (chance(2)) {
      values.put("aws:TagKeys", chance(2) ? List.of("a1", "b") : List.of("c"));
    }
    if (chance(3)) {
      values.put("aws:EpochTime", any(List.of("99", "100")));
    }
    return new RequestContext(
        Callers.of(any(CALLERS)),
        any(List.of("s3:GetObject", "s3:PutObject", "s3:ListBucket")),
        "arn:aws:s3:::" + any(KEYS),
        values.build());
  }

  PolicySet set() {
    return new PolicySet(
        some(PolicyKind.IDENTITY, 3),
        one(PolicyKind.BOUNDARY),
        chance(2) ? List.of() : some(PolicyKind.SESSION, 2),
        one(PolicyKind.RESOURCE),
        chance(4) ? "222222222222" : "111111111111");
  }

  private List<NamedPolicy> some(PolicyKind kind, int most) {
    var policies = new ArrayList<NamedPolicy>();
    for (int n = random.nextInt(most + 1); n > 0; n--) {
      policies.add(new NamedPolicy("p" + n, policy(kind)));
    }
    return policies;
  }

  private @Nullable NamedPolicy one(PolicyKind kind) {
    return chance(2) ? null : new NamedPolicy("p", policy(kind));
  }

  Policy policy(PolicyKind kind) {
    var statements = new ArrayList<String>();
    for (int n = 1 + random.nextInt(3); n > 0; n--) {
      statements.add(statement(kind, chance(6) ? "Deny" : "Allow"));
    }
    return read(kind, statements);
  }

  private static Policy read(PolicyKind kind, List<String> statements) {
    return PolicyReader.read(
        statements.stream()
            .collect(Collectors.joining(",", "{\"Version\":\"2012-10-17\",\"Statement\":[", "]}")),
        kind);
  }

  private String statement(PolicyKind kind, String effect) {
    var text = new StringBuilder("{\"Effect\":\"").append(effect).append("\",");
    if (kind == PolicyKind.RESOURCE) {
      boolean not = effect.equals("Deny") && chance(3);
      text.append(not ? "\"NotPrincipal\":" : "\"Principal\":").append(any(PRINCIPALS)).append(',');
    }
    text.append(chance(6) ? "\"NotAction\":\"" : "\"Action\":\"")
        .append(any(ACTIONS))
        .append("\",");
    text.append(chance(6) ? "\"NotResource\":\"" : "\"Resource\":\"").append(any(RESOURCES));
    text.append('"');
    if (chance(3)) {
      text.append(",\"Condition\":").append(any(CONDITIONS));
    }
    return text.append('}').toString();
  }

  /** The same policies, one of them with one more statement. */
  PolicySet withOneMore(PolicySet set, String effect) {
    var identity = new ArrayList<>(set.identity());
    var session = new ArrayList<>(set.session());
    var boundary = set.boundary();
    var resource = set.resource();
    int which = random.nextInt(4);
    if (which == 0 && boundary != null) {
      boundary = more(boundary, effect);
    } else if (which == 1 && resource != null) {
      resource = more(resource, effect);
    } else if (which == 2 && !session.isEmpty()) {
      session.set(0, more(session.get(0), effect));
    } else if (identity.isEmpty()) {
      identity.add(
          new NamedPolicy(
              "more", read(PolicyKind.IDENTITY, List.of(statement(PolicyKind.IDENTITY, effect)))));
    } else {
      identity.set(0, more(identity.get(0), effect));
    }
    return new PolicySet(identity, boundary, session, resource, set.resourceAccount());
  }

  private NamedPolicy more(NamedPolicy policy, String effect) {
    var kind = policy.policy().kind();
    var statements = new ArrayList<String>();
    policy.policy().statements().forEach(statement -> statements.add(statement.toJson()));
    statements.add(random.nextInt(statements.size() + 1), statement(kind, effect));
    return new NamedPolicy(policy.name(), read(kind, statements));
  }
}
