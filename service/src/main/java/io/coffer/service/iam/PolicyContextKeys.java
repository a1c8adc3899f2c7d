package io.coffer.service.iam;

import static java.util.Objects.requireNonNullElse;

import io.coffer.auth.policy.ContextKeys;
import io.coffer.auth.policy.MalformedPolicyException;
import io.coffer.auth.policy.PolicyKind;
import io.coffer.auth.policy.PolicyReader;
import io.coffer.model.iam.GetContextKeysForCustomPolicyRequest;
import io.coffer.model.iam.GetContextKeysForPolicyResponse;
import io.coffer.model.iam.GetContextKeysForPrincipalPolicyRequest;
import io.coffer.model.iam.IamError;
import io.coffer.service.Context;
import io.coffer.service.identity.Access;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GetContextKeysForCustomPolicy and GetContextKeysForPrincipalPolicy. */
final class PolicyContextKeys {
  private final Access access;
  private final PolicySources sources;

  PolicyContextKeys(Access access, PolicySources sources) {
    this.access = access;
    this.sources = sources;
  }

  GetContextKeysForPolicyResponse custom(
      GetContextKeysForCustomPolicyRequest request, Context context) {
    access.require(
        context, "iam:GetContextKeysForCustomPolicy", "*", context.circumstances().values());
    return answer(list(request.policyInputList()));
  }

  GetContextKeysForPolicyResponse principal(
      GetContextKeysForPrincipalPolicyRequest request, Context context) {
    var entity =
        sources.open(context, "iam:GetContextKeysForPrincipalPolicy", request.policySourceArn());
    var documents = new ArrayList<>(list(request.policyInputList()));
    sources.of(entity).forEach(source -> documents.add(source.document()));
    return answer(documents);
  }

  private static List<String> list(@Nullable List<String> documents) {
    return requireNonNullElse(documents, List.of());
  }

  private static GetContextKeysForPolicyResponse answer(List<String> documents) {
    try {
      var policies =
          documents.stream()
              .map(document -> PolicyReader.read(document, PolicyKind.IDENTITY))
              .toList();
      return GetContextKeysForPolicyResponse.builder()
          .contextKeyNames(List.copyOf(ContextKeys.of(policies)))
          .build();
    } catch (MalformedPolicyException e) {
      throw IamError.INVALID_INPUT.exception("A policy is not valid: " + e.text());
    }
  }
}
