package io.coffer.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files that people write: not what is built, and nothing that lies about. */
final class SourceTree {
  private static final Set<String> FOLDERS = Set.of("docs", ".ci", ".mvn");
  private static final Set<String> BUILT = Set.of("target", "__pycache__", ".git");

  private static final Path SEEDS = Path.of("resources", "fuzz");

  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** The repository around the working directory. */
  static SourceTree find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("mvnw"))) {
        return new SourceTree(at);
      }
    }
    throw new AssertionError("not in the repository");
  }

  Path root() {
    return root;
  }

  /** A file as people name it. */
  String name(Path file) {
    return root.relativize(file).toString();
  }

  /** Every file: those of the root, of the modules, and of a few folders. */
  List<Path> files() throws IOException {
    var files = new ArrayList<Path>();
    try (var entries = Files.list(root)) {
      for (var entry : (Iterable<Path>) entries.sorted()::iterator) {
        if (Files.isRegularFile(entry) && !entry.endsWith(".git")) {
          files.add(entry);
        } else if (FOLDERS.contains(entry.getFileName().toString())
            || Files.exists(entry.resolve("pom.xml"))) {
          files.addAll(below(entry));
        }
      }
    }
    return files;
  }

  private static List<Path> below(Path folder) throws IOException {
    var files = new ArrayList<Path>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            // what fuzzing has found is bytes, not text
            return BUILT.contains(dir.getFileName().toString()) || dir.endsWith(SEEDS)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.add(file);
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  /** Files in Java, of programs and tests. */
  List<Path> java() throws IOException {
    return files().stream().filter(file -> file.toString().endsWith(".java")).toList();
  }

  /** Files in Java that ship. */
  Stream<Path> mainJava() throws IOException {
    var main = Path.of("src", "main", "java");
    return java().stream().filter(file -> root.relativize(file).toString().contains(main + "/"));
  }

  /** Lines of a file, or none when it is not text. */
  static List<String> lines(Path file) throws IOException {
    var bytes = Files.readAllBytes(file);
    for (byte b : bytes) {
      if (b == 0) {
        return List.of();
      }
    }
    return new String(bytes, StandardCharsets.UTF_8).lines().toList();
  }
}
