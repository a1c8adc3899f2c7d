package io.coffer.conformance;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** Sources read with the JDK's own parser. */
final class JavaSources {
  private final List<Method> methods = new ArrayList<>();
  private final List<PublicType> publicTypes = new ArrayList<>();

  /**
   * A method.
   *
   * @param lines from its name (or annotation) to its closing brace, without what text blocks hold
   * @param isTable whether all that it does is to return a value
   */
  record Method(Path file, String name, long lines, boolean isTable) {}

  /** A public type that others can see, with its documentation, which may be empty. */
  record PublicType(Path file, String name, String documentation) {}

  /** Reads files. */
  static JavaSources read(List<Path> files) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var sources = new JavaSources();
    try (var fileManager = compiler.getStandardFileManager(null, null, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null,
                  fileManager,
                  null,
                  List.of("-proc:none"),
                  null,
                  fileManager.getJavaFileObjectsFromPaths(files));
      var documentation = DocTrees.instance(task);
      for (var unit : task.parse()) {
        sources.new Scanner(unit, documentation).scan(unit, true);
      }
    }
    return sources;
  }

  List<Method> methods() {
    return methods;
  }

  List<PublicType> publicTypes() {
    return publicTypes;
  }

  /** Collects; the argument of each visit is whether all types around are public. */
  private final class Scanner extends TreePathScanner<Void, Boolean> {
    private final CompilationUnitTree unit;
    private final DocTrees documentation;
    private final Path file;
    private final LineMap lines;
    private long textBlockLines;

    Scanner(CompilationUnitTree unit, DocTrees documentation) {
      this.unit = unit;
      this.documentation = documentation;
      this.file = Path.of(unit.getSourceFile().toUri());
      this.lines = unit.getLineMap();
    }

    @Override
    public Void visitClass(ClassTree type, Boolean visible) {
      boolean isPublic = visible && type.getModifiers().getFlags().contains(Modifier.PUBLIC);
      if (isPublic) {
        var text = documentation.getDocComment(getCurrentPath());
        publicTypes.add(
            new PublicType(file, type.getSimpleName().toString(), text == null ? "" : text));
      }
      return super.visitClass(type, isPublic);
    }

    @Override
    public Void visitMethod(MethodTree method, Boolean visible) {
      var body = method.getBody();
      boolean isTable =
          body != null
              && body.getStatements().size() == 1
              && body.getStatements().getFirst() instanceof ReturnTree;
      textBlockLines = 0;
      super.visitMethod(method, false);
      long count = lineCount(method) - textBlockLines;
      methods.add(new Method(file, method.getName().toString(), count, isTable));
      return null;
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Boolean visible) {
      textBlockLines += Math.max(0, lineCount(literal) - 1);
      return super.visitLiteral(literal, visible);
    }

    private long lineCount(Tree tree) {
      var positions = documentation.getSourcePositions();
      long start = positions.getStartPosition(unit, tree);
      long end = positions.getEndPosition(unit, tree);
      return lines.getLineNumber(end) - lines.getLineNumber(start) + 1;
    }
  }
}
