package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final FileTime LONG_AGO = FileTime.fromMillis(0);

  @TempDir Path root = Path.of("");

  private Path file(String name) {
    return root.resolve("a/b").resolve(name);
  }

  @Test
  void whatDidNotChangeIsNotWrittenAgain() throws IOException {
    new Sources("a.b", Map.of("A.java", "a", "B.java", "b")).writeTo(root);
    Files.setLastModifiedTime(file("A.java"), LONG_AGO);
    Files.setLastModifiedTime(file("B.java"), LONG_AGO);
    new Sources("a.b", Map.of("A.java", "a", "B.java", "other")).writeTo(root);
    assertEquals(LONG_AGO, Files.getLastModifiedTime(file("A.java")));
    assertEquals("other", Files.readString(file("B.java")));
  }

  @Test
  void whatIsNoLongerThereIsRemoved() throws IOException {
    new Sources("a.b", Map.of("A.java", "a", "B.java", "b")).writeTo(root);
    new Sources("a.b", Map.of("A.java", "a")).writeTo(root);
    assertTrue(Files.exists(file("A.java")));
    assertFalse(Files.exists(file("B.java")));
  }

  @Test
  void twoShapesInOneFileFail() {
    var empty = new ServiceModel.Structure(List.of(), null, false);
    var twice = Models.of().withShapes(Map.of("tag", empty, "Tag", empty));
    var byCase = Models.of().withShapes(Map.of("TAG", empty, "Tag", empty));
    assertThrows(IllegalStateException.class, () -> Sources.of(twice));
    assertThrows(IllegalStateException.class, () -> Sources.of(byCase));
  }

  @Test
  void wordsThatMakeOneConstantStayTwo() {
    var words = new ServiceModel.Enumeration(List.of("a-b", "a_b", "a.b"));
    var source = EnumWriter.write(Models.SERVICE, "Word", words);
    for (var constant : List.of("A_B(\"a-b\")", "A_B_(\"a_b\")", "A_B__(\"a.b\")")) {
      assertTrue(source.contains(constant), source);
    }
  }
}
