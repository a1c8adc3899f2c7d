package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that is committed, with its overlay. */
class MainTest {
  private static final Path MODELS = Path.of("src/main/models");
  private static final Path OVERLAY = MODELS.resolve("s3-overlay.json");

  @TempDir Path root = Path.of("");

  private static Path botocore() throws IOException {
    try (var files = Files.list(MODELS)) {
      return files
          .filter(f -> f.getFileName().toString().matches("s3-[0-9.]+\\.json"))
          .collect(
              Collectors.collectingAndThen(
                  Collectors.toList(),
                  found -> {
                    assertEquals(1, found.size(), "one version of the model is committed");
                    return found.get(0);
                  }));
    }
  }

  @Test
  void everyRecordEnumAndTheTableOfOperationsAreWritten() throws IOException {
    Main.main(new String[] {botocore().toString(), OVERLAY.toString(), root.toString()});
    var model = Main.model(botocore(), OVERLAY);
    long types =
        model.shapes().values().stream()
            .filter(
                s -> s instanceof ServiceModel.Structure || s instanceof ServiceModel.Enumeration)
            .count();
    try (var files = Files.list(root.resolve("io/coffer/model/s3"))) {
      assertEquals(types + 2, files.count(), "and Operation and package-info");
    }
  }

  @Test
  void theGenerationIsTheSameEachTime() throws IOException {
    var first = Sources.of(Main.model(botocore(), OVERLAY));
    assertEquals(first, Sources.of(Main.model(botocore(), OVERLAY)));
  }

  @Test
  void theNamespaceIsTheOneOfS3() throws IOException {
    assertEquals(
        "http://s3.amazonaws.com/doc/2006-03-01/", Main.model(botocore(), OVERLAY).namespace());
  }

  @Test
  void anotherNumberOfArgumentsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Main.main(new String[] {"one", "two"}));
  }
}
