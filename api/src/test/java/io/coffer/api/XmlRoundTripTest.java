package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.model.Location;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.s3.Operation;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class XmlRoundTripTest {
  private final XmlReader reader = new XmlReader();

  /** Every shape that is a document of its own, by name: of requests and of responses. */
  private static Map<String, Shape<?>> documents() {
    var shapes = new LinkedHashMap<String, Shape<?>>();
    for (var operation : Operation.values()) {
      if (operation.deprecated()) {
        continue; // those have two members with the same element, which nobody can tell apart
      }
      for (var shape : new Shape<?>[] {operation.input(), operation.output()}) {
        var payload = shape.payload();
        boolean isMixed = shape.members().stream().anyMatch(m -> m.location() == Location.LABEL);
        if (payload.isEmpty() && shape.hasElements() && !isMixed) {
          shapes.put(shape.name(), shape);
        } else if (payload.isPresent()
            && payload.get().type() instanceof Type.Structure<?> structure) {
          shapes.put(structure.shape().get().name(), structure.shape().get());
        }
      }
    }
    return shapes;
  }

  @Test
  void everyDocumentOfTheModelIsReadAsItWasWritten() {
    long seed = System.nanoTime();
    var records = new RandomRecords(new Random(seed));
    var shapes = documents();
    assertTrue(shapes.size() > 50, () -> "only " + shapes.keySet());
    for (var shape : shapes.values()) {
      for (int i = 0; i < 20; i++) {
        roundTrip(shape, records, seed);
      }
    }
  }

  private <R> void roundTrip(Shape<R> shape, RandomRecords records, long seed) {
    var record = records.record(shape);
    var document = XmlWriter.write(XmlText.document(), shape, shape.rootName(), record).bytes();
    var text = new String(document, StandardCharsets.UTF_8);
    if (shape.bareText()) {
      // an empty root is read as empty text, which S3 means by the absence of a value
      return;
    }
    var read =
        assertDoesNotThrow(
            () -> reader.read(shape, shape.rootName(), document),
            () -> "seed " + seed + ": " + text);
    assertEquals(record, read, () -> "seed " + seed + ": " + text);
  }
}
