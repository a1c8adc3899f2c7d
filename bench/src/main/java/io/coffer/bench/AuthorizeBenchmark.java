package io.coffer.bench;

import io.coffer.auth.Account;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.auth.policy.Evaluator;
import io.coffer.auth.policy.NamedPolicy;
import io.coffer.auth.policy.PolicySet;
import io.coffer.auth.policy.Principal;
import io.coffer.auth.policy.RequestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One decision, with the making of its request: 100 statements, and three of the bucket. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AuthorizeBenchmark {
  /** The bucket that is asked for: of the last statement, of one in the middle, of none. */
  @Param({"data-99", "data-46", "other"})
  public String bucket = "data-99";

  private final Account account = new Account("111111111111", "main", "main", "", "1".repeat(64));
  private final Principal user =
      new Principal.User(account, "/", "alice", "AIDAALICE000000001", Map.of("team", "red"));
  private final List<NamedPolicy> identity = AuthorizePolicies.identity();
  private final PolicySet policies =
      new PolicySet(identity, null, List.of(), AuthorizePolicies.bucket(), account.id());
  private final PolicySet bounded =
      new PolicySet(
          identity,
          identity.get(9),
          List.of(identity.get(9)),
          AuthorizePolicies.bucket(),
          account.id());

  private RequestContext request() {
    var values =
        ConditionValues.builder()
            .put("aws:SourceIp", "10.1.2.3")
            .put("aws:SecureTransport", "true")
            .build();
    return new RequestContext(
        user, "s3:GetObject", "arn:aws:s3:::" + bucket + "/logs/2026/11/part-1", values);
  }

  @Benchmark
  public Decision identityAndBucketPolicies() {
    return Evaluator.decide(request(), policies);
  }

  @Benchmark
  public Decision withBoundaryAndSession() {
    return Evaluator.decide(request(), bounded);
  }
}
