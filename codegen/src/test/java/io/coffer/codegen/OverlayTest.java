package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class OverlayTest {
  private static final ServiceModel MODEL =
      Models.of(Models.operation("Get", "Nothing", "Answer", Map.of(), false));

  private static String failure(Overlay overlay) {
    return String.valueOf(
        assertThrows(IllegalStateException.class, () -> overlay.applyTo(MODEL)).getMessage());
  }

  @Test
  void rootsStatusesTextsAndStringsAreLaidOverTheModel() {
    var overlay =
        new Overlay(
            Map.of("Answer", "Result"),
            Set.of("Answer"),
            Map.of("Get", 204),
            Set.of("FromSource"),
            Map.of(),
            Map.of());
    var model = overlay.applyTo(MODEL);
    assertEquals("Result", model.structure("Answer").rootName());
    assertTrue(model.structure("Answer").bareText());
    assertEquals(204, model.operations().get(0).status());
    assertEquals(ServiceModel.Scalar.TEXT, model.shape("FromSource"));
    assertEquals(MODEL.structure("Answer").members(), model.structure("Answer").members());
  }

  @Test
  void wordsAreAddedToThoseOfTheModel() {
    var shapes = new LinkedHashMap<>(MODEL.shapes());
    shapes.put("Colour", new ServiceModel.Enumeration(List.of("red", "green")));
    var roots = Map.of("Answer", "Result");
    var words = Map.of("Colour", List.of("green", "blue"));
    var overlay = new Overlay(roots, Set.of(), Map.of(), Set.of(), Map.of(), words);
    assertEquals(
        new ServiceModel.Enumeration(List.of("red", "green", "blue")),
        overlay.applyTo(MODEL.withShapes(shapes)).shape("Colour"));
  }

  @Test
  void aResultInXmlWithoutARootNameFails() {
    assertTrue(failure(Overlay.NONE).contains("no root name for Answer"), failure(Overlay.NONE));
  }

  @Test
  void aNameThatTheModelLacksFails() {
    var shape = new Overlay(Map.of("Gone", "X"), Set.of(), Map.of(), Set.of(), Map.of(), Map.of());
    var text = new Overlay(Map.of(), Set.of("Gone"), Map.of(), Set.of(), Map.of(), Map.of());
    var string = new Overlay(Map.of(), Set.of(), Map.of(), Set.of("Gone"), Map.of(), Map.of());
    var status = new Overlay(Map.of(), Set.of(), Map.of("Gone", 204), Set.of(), Map.of(), Map.of());
    var same = new Overlay(Map.of(), Set.of(), Map.of(), Set.of(), Map.of("Get", "Gone"), Map.of());
    var none = Map.<String, String>of();
    var words = new Overlay(none, Set.of(), Map.of(), Set.of(), none, Map.of("Gone", List.of()));
    for (var overlay : new Overlay[] {shape, text, string, status, same, words}) {
      assertTrue(failure(overlay).contains("Gone, which the model lacks"), failure(overlay));
    }
  }

  @Test
  void aSectionThatNobodyReadsFails() {
    var json =
        """
        {"rootNames": {}, "bareText": [], "statuses": {}, "strings": [], "sameAs": {}, "words": {},
         "stati": {}}
        """;
    var tree = new JsonMapper().readTree(json);
    assertThrows(IllegalStateException.class, () -> Overlay.read(tree));
  }

  @Test
  void aMissingSectionFails() {
    var tree = new JsonMapper().readTree("{\"rootNames\": {}}");
    assertThrows(IllegalStateException.class, () -> Overlay.read(tree));
  }
}
