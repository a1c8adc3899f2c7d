package io.coffer.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coffer.conformance.JavaSources.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rules of STYLE.md that a program can hold against the sources. */
class TidyTest {
  private static final int FILE_LINES = 400;
  private static final int MEDIAN_LINES = 80;
  private static final int METHOD_LINES = 50;
  private static final int COLUMNS = 100;

  /** Assembled, so that this file does not have them. */
  private static final Pattern UNFINISHED =
      Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|X" + "XX)\\b");

  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.}/-])/(?:root|home|Users|work)/[A-Za-z.]");

  private static final Pattern HOST_OF_URL = Pattern.compile("https?://([A-Za-z0-9.-]+)");

  /** Hosts of identifiers, standards and documentation, and names kept for examples. */
  private static final List<String> KNOWN_HOSTS =
      List.of(
          "maven.apache.org",
          "www.apache.org",
          "www.w3.org",
          "www.rfc-editor.org",
          "docs.aws.amazon.com",
          "aws.amazon.com", // how claims of web identities are called
          "s3.amazonaws.com",
          "acs.amazonaws.com", // in names of groups
          "iam.amazonaws.com",
          "sts.amazonaws.com",
          "api.letsencrypt.org", // where operators want their certificates from
          "localhost",
          "127.0.0.1",
          "example.com",
          "example.org",
          "example.net",
          "HOST"); // where a message shows the form of an address

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#: ]+)(?:#[^)]*)?\\)");

  private static final String TEXT_BLOCK = "\"\"\"";

  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");

  private final SourceTree tree = SourceTree.find();

  /** The places, as "file:line", of the lines that a rule forbids. */
  private List<String> places(List<Path> files, Predicate<String> forbidden) throws IOException {
    var places = new ArrayList<String>();
    for (var file : files) {
      var lines = SourceTree.lines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (forbidden.test(lines.get(i))) {
          places.add(tree.name(file) + ":" + (i + 1));
        }
      }
    }
    return places;
  }

  @Test
  void theTreeIsFound() throws IOException {
    var names = tree.files().stream().map(tree::name).toList();
    assertTrue(
        names.containsAll(
            List.of("README.md", "pom.xml", "coffer", ".ci/run", "docs/settings.md")));
    assertTrue(tree.java().size() > 300, "files in Java: " + tree.java().size());
  }

  @Test
  void filesAreShort() throws IOException {
    var tooLong = new ArrayList<String>();
    for (var file : tree.java()) {
      int lines = SourceTree.lines(file).size();
      if (lines > FILE_LINES) {
        tooLong.add(tree.name(file) + ": " + lines + " lines");
      }
    }
    assertEquals(List.of(), tooLong, "files of more than " + FILE_LINES + " lines");
  }

  @Test
  void theMedianFileIsShorter() throws IOException {
    var lengths = new ArrayList<Integer>();
    for (var file : tree.mainJava().toList()) {
      lengths.add(SourceTree.lines(file).size());
    }
    int median = lengths.stream().sorted().skip(lengths.size() / 2).findFirst().orElseThrow();
    assertTrue(median <= MEDIAN_LINES, "the median file has " + median + " lines");
  }

  @Test
  void linesAreShort() throws IOException {
    var tooLong = new ArrayList<String>();
    for (var file : tree.java()) {
      var lines = SourceTree.lines(file);
      boolean inTextBlock = false;
      for (int i = 0; i < lines.size(); i++) {
        var line = lines.get(i);
        if (!inTextBlock && line.codePointCount(0, line.length()) > COLUMNS) {
          tooLong.add(tree.name(file) + ":" + (i + 1));
        }
        inTextBlock ^= line.contains(TEXT_BLOCK);
      }
    }
    assertEquals(List.of(), tooLong, "lines of more than " + COLUMNS + " columns");
  }

  @Test
  void methodsAreShort() throws IOException {
    var tooLong =
        JavaSources.read(tree.java()).methods().stream()
            .filter(method -> method.lines() > METHOD_LINES && !isTableOfTest(method))
            .map(this::describe)
            .toList();
    assertEquals(List.of(), tooLong, "methods of more than " + METHOD_LINES + " lines");
  }

  /** The cases of a test may be many. */
  private boolean isTableOfTest(Method method) {
    return method.isTable() && tree.name(method.file()).contains("src/test/");
  }

  private String describe(Method method) {
    return "%s: %s has %d lines".formatted(tree.name(method.file()), method.name(), method.lines());
  }

  @Test
  void everyPublicTypeSaysWhatItIs() throws IOException {
    var silent =
        JavaSources.read(tree.mainJava().toList()).publicTypes().stream()
            .filter(type -> type.documentation().isBlank())
            .map(type -> tree.name(type.file()) + ": " + type.name())
            .toList();
    assertEquals(List.of(), silent, "public types without a docstring");
  }

  @Test
  void nothingIsLeftForLater() throws IOException {
    assertEquals(
        List.of(),
        places(tree.files(), line -> UNFINISHED.matcher(line).find()),
        "notes of unfinished work");
  }

  @Test
  void noFileKnowsAMachine() throws IOException {
    assertEquals(
        List.of(),
        places(tree.files(), line -> MACHINE_PATH.matcher(line).find()),
        "paths of somebody's machine");
  }

  @Test
  void noFileNamesAHostThatItCouldFetchFrom() throws IOException {
    var programs = tree.files().stream().filter(f -> !tree.name(f).contains("src/test/")).toList();
    assertEquals(
        List.of(),
        places(programs, TidyTest::namesAnUnknownHost),
        "hosts that are neither documentation, nor identifiers, nor examples (KNOWN_HOSTS)");
  }

  private static boolean namesAnUnknownHost(String line) {
    return HOST_OF_URL
        .matcher(line)
        .results()
        .map(match -> match.group(1))
        .anyMatch(host -> KNOWN_HOSTS.stream().noneMatch(k -> isBelow(host, k)));
  }

  private static boolean isBelow(String host, String known) {
    return host.equals(known) || host.endsWith("." + known);
  }

  @Test
  void linesEndWhereTheirTextEnds() throws IOException {
    assertEquals(
        List.of(),
        places(tree.files(), line -> line.endsWith(" ") || line.endsWith("\t")),
        "lines that end with blanks");
  }

  @Test
  void linksInDocumentsLeadSomewhere() throws IOException {
    var dead = new ArrayList<String>();
    for (var file : tree.files()) {
      if (!file.toString().endsWith(".md")) {
        continue;
      }
      for (var link : LINK.matcher(Files.readString(file)).results().toList()) {
        if (!Files.exists(file.resolveSibling(link.group(1)))) {
          dead.add(tree.name(file) + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), dead, "links to files that are not there");
  }

  @Test
  void everyDependencyHasItsReason() throws IOException {
    var reasons = Files.readString(tree.root().resolve("docs/dependencies.md"));
    var missing = new TreeSet<String>();
    for (var file : tree.files()) {
      if (file.endsWith("pom.xml")) {
        for (var found : DEPENDENCY.matcher(Files.readString(file)).results().toList()) {
          var library = found.group(2);
          if (!found.group(1).equals("io.coffer") && !reasons.contains("`" + library + "`")) {
            missing.add(library);
          }
        }
      }
    }
    // Lists of versions are no dependencies.
    missing.removeAll(Set.of("netty-bom", "bom", "junit-bom"));
    assertEquals(Set.of(), missing, "libraries that docs/dependencies.md does not explain");
  }

  @Test
  void programsCanBeRun() {
    var programs = Set.of("coffer", "mvnw", ".ci/run");
    assertEquals(
        List.of(),
        programs.stream().filter(p -> !Files.isExecutable(tree.root().resolve(p))).toList());
  }
}
