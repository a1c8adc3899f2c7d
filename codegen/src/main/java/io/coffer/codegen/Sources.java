package io.coffer.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * The Java files of a model.
 *
 * @param packageName of all of them
 * @param files text by file name
 */
record Sources(String packageName, Map<String, String> files) {
  private static final String PACKAGE_INFO =
      """
      /**
       * The requests, responses, documents and operations of %s, generated from its service
       * model. Records are immutable as long as the lists and byte arrays that they were given are.
       */
      @NullMarked
      package %s;

      import org.jspecify.annotations.NullMarked;
      """;

  /**
   * @throws IllegalStateException if two shapes would be written to one file
   */
  static Sources of(ServiceModel model) {
    var files = new LinkedHashMap<String, String>();
    var service = model.service();
    files.put("package-info.java", PACKAGE_INFO.formatted(service.title(), service.packageName()));
    if (service.protocol() == ServiceModel.Protocol.QUERY) {
      files.put("Operation.java", QueryOperationWriter.write(model));
      put(files, FailureWriter.name(service), FailureWriter.write(model));
    } else {
      files.put("Operation.java", OperationWriter.write(model));
    }
    model
        .shapes()
        .forEach(
            (name, shape) -> {
              if (shape instanceof ServiceModel.Structure structure) {
                put(files, name, new StructureWriter(model, name, structure).write());
              } else if (shape instanceof ServiceModel.Enumeration enumeration) {
                put(files, name, EnumWriter.write(service, name, enumeration));
              }
            });
    checkCase(files);
    return new Sources(service.packageName(), files);
  }

  private static void put(Map<String, String> files, String shape, String text) {
    if (files.put(Names.type(shape) + ".java", text) != null) {
      throw new IllegalStateException("two shapes are called " + Names.type(shape) + " in Java");
    }
  }

  /** Some file systems do not tell upper from lower case. */
  private static void checkCase(Map<String, String> files) {
    var seen = new TreeSet<String>();
    for (var file : files.keySet()) {
      if (!seen.add(file.toLowerCase(Locale.ROOT))) {
        throw new IllegalStateException(file + " differs from another file by case alone");
      }
    }
  }

  /**
   * Writes what differs and removes what is no longer there, so that compiling stays incremental.
   *
   * @param root the directory of sources; its package belongs to this generator alone
   */
  void writeTo(Path root) throws IOException {
    var dir = Files.createDirectories(root.resolve(packageName.replace('.', '/')));
    try (var present = Files.list(dir)) {
      for (var file : present.toList()) {
        if (!files.containsKey(file.getFileName().toString())) {
          Files.delete(file);
        }
      }
    }
    for (var source : files.entrySet()) {
      var file = dir.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.writeString(file, source.getValue());
      }
    }
  }
}
