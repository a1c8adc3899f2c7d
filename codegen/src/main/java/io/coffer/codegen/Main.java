package io.coffer.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Reads AWS's service model and writes the sources of the model module. */
public final class Main {
  private static final String PACKAGE = "io/coffer/model/s3";

  private Main() {}

  /**
   * Takes three arguments: the model's JSON file, the overlay's, and the directory of sources to
   * write.
   */
  public static void main(String[] args) throws IOException {
    var json = new JsonMapper();
    var overlay = Overlay.read(json.readTree(Path.of(args[1])));
    var model = new BotocoreReader(json.readTree(Path.of(args[0])), overlay).read();
    write(Path.of(args[2]).resolve(PACKAGE), sources(model));
  }

  static Map<String, String> sources(ServiceModel model) {
    var sources = new LinkedHashMap<String, String>();
    model
        .shapes()
        .forEach(
            (name, shape) -> {
              var file = Names.type(name) + ".java";
              if (shape instanceof ServiceModel.Structure structure) {
                sources.put(file, new StructureWriter(model, name, structure).write());
              } else if (shape instanceof ServiceModel.Enumeration enumeration) {
                sources.put(file, EnumWriter.write(name, enumeration));
              }
            });
    sources.put("Operation.java", OperationWriter.write(model));
    return sources;
  }

  /**
   * Writes what differs and removes what is no longer there, so that compiling stays incremental.
   */
  private static void write(Path dir, Map<String, String> sources) throws IOException {
    Files.createDirectories(dir);
    try (var files = Files.list(dir)) {
      for (var file : files.toList()) {
        if (!sources.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (var source : sources.entrySet()) {
      var file = dir.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.writeString(file, source.getValue());
      }
    }
  }
}
