package io.coffer.auth.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionValuesTest {
  private static PolicySet policies(String condition) {
    var policy =
        PolicyCase.read(
            """
            [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*", "Condition": %s}]"""
                .formatted(condition),
            PolicyKind.IDENTITY);
    return new PolicySet(
        List.of(new NamedPolicy("p", policy)), null, List.of(), null, "111111111111");
  }

  private static boolean decide(String action, ConditionValues values, PolicySet policies) {
    var request =
        new RequestContext(Callers.of("user 1 alice"), action, "arn:aws:s3:::b/k", values);
    return Evaluator.decide(request, policies).allowed();
  }

  @Test
  void whatTakesWorkIsDoneOnceAndOnlyIfAPolicyAsks() {
    var asked = new ArrayList<String>();
    var values =
        ConditionValues.builder()
            .family(
                "s3:ExistingObjectTag/",
                key -> {
                  asked.add(key);
                  return key.equals("team") ? List.of("red") : List.of();
                })
            .build();
    var tag = "{\"StringEquals\": {\"s3:ExistingObjectTag/Team\": \"red\"}}";
    assertFalse(decide("s3:PutObject", values, policies(tag)));
    assertEquals(List.of(), asked);
    assertTrue(decide("s3:GetObject", values, policies(tag)));
    assertTrue(decide("s3:GetObject", values, policies(tag)));
    assertEquals(List.of("team"), asked);
    var other = "{\"StringEquals\": {\"s3:ExistingObjectTag/Other\": \"red\"}}";
    assertFalse(decide("s3:GetObject", values, policies(other)));
    assertFalse(decide("s3:GetObject", values, policies(other)));
    assertEquals(List.of("team", "other"), asked);
  }

  @Test
  void aSupplierIsAskedOnce() {
    var asked = new ArrayList<String>();
    var values =
        ConditionValues.builder()
            .later(
                "s3:object-lock-mode",
                () -> {
                  asked.add("mode");
                  return List.of("COMPLIANCE");
                })
            .build();
    assertEquals(List.of("COMPLIANCE"), values.get("s3:object-lock-mode"));
    assertEquals(List.of("COMPLIANCE"), values.get("s3:object-lock-mode"));
    assertEquals(List.of("mode"), asked);
  }

  @Test
  void aGivenValueComesBeforeTheCallersOwn() {
    var values = ConditionValues.builder().put("aws:username", "bob").build();
    assertTrue(
        decide(
            "s3:GetObject", values, policies("{\"StringEquals\": {\"aws:username\": \"bob\"}}")));
  }

  @Test
  void nullIsNoValue() {
    var values = ConditionValues.builder().put("aws:Referer", (String) null).build();
    assertEquals(List.of(), values.get("aws:referer"));
  }
}
