package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {
  @Test
  void aDemandedHeaderTellsTwoOperationsApart() {
    var model = Models.of(Models.put("Put", "Nothing"), Models.put("Copy", "FromSource"));
    var operations = Routes.tellApart(model, Map.of()).operations();
    assertEquals(List.of(), operations.get(0).route().headers());
    assertEquals(List.of("x-amz-copy-source"), operations.get(1).route().headers());
  }

  @Test
  void aDemandedHeaderIsNoConditionOfAnOperationThatIsAlone() {
    var model = Models.of(Models.put("Copy", "FromSource"));
    assertEquals(
        List.of(), Routes.tellApart(model, Map.of()).operations().get(0).route().headers());
  }

  @Test
  void twoOperationsThatNoRequestCanTellApartFailByName() {
    var model = Models.of(Models.put("Put", "Nothing"), Models.put("Store", "Nothing"));
    var failure =
        assertThrows(IllegalStateException.class, () -> Routes.tellApart(model, Map.of()));
    assertTrue(String.valueOf(failure.getMessage()).contains("Put and Store"));
  }

  @Test
  void theOverlayNamesTheOnesThatOnlyTheHostTellsApart() {
    var model = Models.of(Models.put("Put", "Nothing"), Models.put("Store", "Nothing"));
    assertEquals(model, Routes.tellApart(model, Map.of("Store", "Put")));
  }

  @Test
  void anOverlayThatNamesTwoDifferentOperationsAsTheSameFails() {
    var tagging = Models.operation("Tag", "Nothing", "Nothing", Map.of("tagging", ""), false);
    var model = Models.of(Models.put("Put", "Nothing"), tagging);
    var same = Map.of("Tag", "Put");
    assertThrows(IllegalStateException.class, () -> Routes.tellApart(model, same));
  }

  @Test
  void aDeprecatedOperationLeavesItsRequestsToItsSuccessor() {
    var old = Models.operation("OldPut", "FromSource", "Nothing", Map.of(), true);
    var model = Models.of(old, Models.put("Put", "Nothing"));
    assertEquals(model, Routes.tellApart(model, Map.of()));
  }

  @Test
  void theQueryTellsOperationsApartWhateverItsOrder() {
    var one = Map.of("a", "", "b", "");
    var model =
        Models.of(
            Models.operation("One", "Nothing", "Nothing", one, false),
            Models.operation("Two", "Nothing", "Nothing", Map.of("a", "1", "b", ""), false));
    assertEquals(model, Routes.tellApart(model, Map.of()));
  }
}
