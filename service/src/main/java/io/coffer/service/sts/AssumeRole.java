package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.policy.ConditionValues;
import io.coffer.auth.policy.Decision;
import io.coffer.model.CommonError;
import io.coffer.model.QueryException;
import io.coffer.model.sts.AssumeRoleRequest;
import io.coffer.model.sts.AssumeRoleResponse;
import io.coffer.model.sts.AssumedRoleUser;
import io.coffer.service.Context;
import io.coffer.service.Handler;
import io.coffer.service.Subjects;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * AssumeRole: a session of a role, if its trust policy lets the caller, and the caller's own
 * policies too where they have to. Source: STS API Reference, AssumeRole.
 */
final class AssumeRole implements Handler<AssumeRoleRequest, AssumeRoleResponse> {
  private static final String ACTION = "sts:AssumeRole";

  private final Subjects subjects;
  private final IssuedSessions sessions;

  AssumeRole(Subjects subjects, IssuedSessions sessions) {
    this.subjects = subjects;
    this.sessions = sessions;
  }

  @Override
  public AssumeRoleResponse handle(AssumeRoleRequest request, Context context) {
    var caller = StsCallers.known(context);
    refuseUnknown(request);
    var arn = RoleArn.parse(request.roleArn());
    var name = Objects.requireNonNull(request.roleSessionName());
    var policies = SessionPolicies.of(request.policy(), request.policyArns());
    var tags = SessionTags.of(request.tags(), request.transitiveTagKeys(), caller);
    if (!StsCallers.mayAssumeRoles(caller)) {
      throw CommonError.ACCESS_DENIED.exception(
          caller.arn().endsWith(":root")
              ? "Roles may not be assumed by root accounts."
              : "Cannot call AssumeRole with federated user credentials");
    }
    subjects.access().requireAlive(context);
    var sourceIdentity = sourceIdentity(request, caller, arn);
    var role =
        AssumableRole.find(arn, subjects.accounts(), subjects.entities())
            .orElseThrow(() -> denied(caller, ACTION, arn));
    for (var action : AssumableRole.actions(ACTION, tags, sourceIdentity)) {
      var values =
          role.values(context, name, tags, sourceIdentity)
              .put("sts:ExternalId", request.externalId());
      require(context, caller, action, arn, role, values);
    }
    policies.requireThere(subjects.entities(), arn.account());
    int packed = PackedSize.of(policies, tags, Map.of());
    var wanted =
        new IssuedSessions.Wanted(
            role.account(),
            role.session(name),
            role.seconds(request.durationSeconds(), caller instanceof Caller.InSession),
            policies,
            tags,
            sourceIdentity);
    var issued = sessions.issue(wanted, context.circumstances().time());
    return AssumeRoleResponse.builder()
        .credentials(issued.credentials())
        .assumedRoleUser(user(role, issued, name))
        .packedPolicySize(packed)
        .sourceIdentity(sourceIdentity)
        .build();
  }

  /** Whom answers name. */
  static AssumedRoleUser user(AssumableRole role, IssuedSessions.Issued issued, String name) {
    return AssumedRoleUser.builder()
        .arn(issued.session().arn())
        .assumedRoleId(role.role().id() + ":" + name)
        .build();
  }

  private static void refuseUnknown(AssumeRoleRequest request) {
    StsCallers.refuseDevices(request.serialNumber(), request.tokenCode());
    var contexts = request.providedContexts();
    if (contexts != null && !contexts.isEmpty()) {
      throw CommonError.NOT_IMPLEMENTED.exception("ProvidedContexts is not implemented.");
    }
  }

  /**
   * The source identity of the new session: what is asked for, or else what the caller's session
   * has. Once set it stays as it is. Source: IAM User Guide, "Monitor and control actions taken
   * with assumed roles".
   */
  private static @Nullable String sourceIdentity(
      AssumeRoleRequest request, Caller.Known caller, RoleArn arn) {
    var wanted = request.sourceIdentity();
    var set = caller instanceof Caller.InSession in ? in.session().sourceIdentity() : null;
    if (set != null && wanted != null && !set.equals(wanted)) {
      throw denied(caller, "sts:SetSourceIdentity", arn);
    }
    return set == null ? wanted : set;
  }

  private void require(
      Context context,
      Caller.Known caller,
      String action,
      RoleArn arn,
      AssumableRole role,
      ConditionValues.Builder values) {
    boolean allowed =
        role.decide(subjects.access(), subjects.permits(), context, action, values)
            .filter(Decision::allowed)
            .isPresent();
    if (!allowed) {
      throw denied(caller, action, arn);
    }
  }

  /** The same whether there is such a role or not. */
  private static QueryException denied(Caller.Known caller, String action, RoleArn arn) {
    return CommonError.ACCESS_DENIED.exception(
        "User: %s is not authorized to perform: %s on resource: %s"
            .formatted(caller.arn(), action, arn.text()));
  }
}
