package io.coffer.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coffer.fuzz.Refusals;
import io.coffer.model.Location;
import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.model.Shape;
import io.coffer.model.Type;
import io.coffer.model.s3.Operation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A document, read as each that has its root: MalformedXML, or a record that is written and read
 * again as it was.
 */
public final class XmlFuzz {
  private record Document(Shape<?> shape, String root) {}

  private static final List<Document> DOCUMENTS = documents();
  private static final XmlReader READER = new XmlReader();

  private XmlFuzz() {}

  private static List<Document> documents() {
    var documents = new ArrayList<Document>();
    for (var operation : Operation.values()) {
      var shape = operation.input();
      var payload = shape.payload();
      if (operation.deprecated()) {
        continue; // those have two members with the same element, which nobody can tell apart
      }
      if (payload.isPresent() && payload.get().type() instanceof Type.Structure<?> structure) {
        documents.add(new Document(structure.shape().get(), payload.get().wireName()));
      } else if (payload.isEmpty()
          && shape.hasElements()
          && shape.members().stream().noneMatch(m -> m.location() == Location.LABEL)) {
        documents.add(new Document(shape, shape.rootName()));
      }
    }
    return List.copyOf(documents);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    var text = new String(input, StandardCharsets.ISO_8859_1);
    for (var document : DOCUMENTS) {
      if (text.contains(document.root())) {
        read(document.shape(), document.root(), input);
      }
    }
  }

  private static <R> void read(Shape<R> shape, String root, byte[] bytes) {
    R record;
    try {
      record = READER.read(shape, root, bytes);
    } catch (S3Exception e) {
      assertEquals(S3Error.MALFORMED_XML, e.error());
      Refusals.check(e, bytes.length);
      return;
    }
    var written = XmlWriter.write(XmlText.document(), shape, root, record).bytes();
    var again = READER.read(shape, root, written);
    assertArrayEquals(written, XmlWriter.write(XmlText.document(), shape, root, again).bytes());
  }
}
