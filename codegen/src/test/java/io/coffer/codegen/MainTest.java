package io.coffer.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models that are committed, with their overlays. */
class MainTest {
  private static final Path MODELS = Path.of("src/main/models");

  @TempDir Path root = Path.of("");

  /** The one version of the models that is committed. */
  private static String version() throws IOException {
    var versions = new TreeSet<String>();
    try (var files = Files.list(MODELS)) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString();
        if (name.matches("[a-z0-9]+-[0-9.]+\\.json")) {
          versions.add(name.replaceAll("^[a-z0-9]+-|\\.json$", ""));
        }
      }
    }
    assertEquals(1, versions.size(), versions::toString);
    return versions.first();
  }

  private static Map<String, ServiceModel> models() throws IOException {
    return Main.models(MODELS, version()).stream()
        .collect(Collectors.toMap(m -> m.service().name(), Function.identity()));
  }

  @Test
  void everyRecordEnumAndTheTablesAreWritten() throws IOException {
    Main.main(new String[] {MODELS.toString(), version(), root.toString()});
    for (var model : models().values()) {
      long types =
          model.shapes().values().stream()
              .filter(
                  s -> s instanceof ServiceModel.Structure || s instanceof ServiceModel.Enumeration)
              .count();
      int own = model.failures().isEmpty() ? 2 : 3;
      try (var files = Files.list(root.resolve(model.service().packageName().replace('.', '/')))) {
        assertEquals(types + own, files.count(), "and Operation, package-info, errors");
      }
    }
  }

  @Test
  void theGenerationIsTheSameEachTime() throws IOException {
    var runs = new ArrayList<List<Sources>>();
    for (int i = 0; i < 2; i++) {
      runs.add(Main.models(MODELS, version()).stream().map(Sources::of).toList());
    }
    assertEquals(runs.get(0), runs.get(1));
  }

  @Test
  void theNamespacesAreThoseOfTheServices() throws IOException {
    var namespaces =
        models().values().stream()
            .collect(Collectors.toMap(m -> m.service().name(), m -> m.service().namespace()));
    assertEquals(
        Map.of(
            "s3", "http://s3.amazonaws.com/doc/2006-03-01/",
            "iam", "https://iam.amazonaws.com/doc/2010-05-08/",
            "sts", "https://sts.amazonaws.com/doc/2011-06-15/"),
        namespaces);
  }

  @Test
  void aResultOfFormsIsNamedAfterItsOperation() throws IOException {
    for (var model : models().values()) {
      boolean ofForms = model.service().protocol() == ServiceModel.Protocol.QUERY;
      for (var operation : model.operations()) {
        var result = operation.result();
        assertTrue(result == null || (ofForms && result.equals(operation.name() + "Result")));
      }
    }
  }

  @Test
  void anotherNumberOfArgumentsAndAVersionWithoutModelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Main.main(new String[] {"one", "two"}));
    assertThrows(IllegalArgumentException.class, () -> Main.models(MODELS, "0.0"));
  }
}
