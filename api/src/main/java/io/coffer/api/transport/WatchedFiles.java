package io.coffer.api.transport;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some PEM files say together, read again now and then. Whole files are compared, since
 * neither time nor size of a file is sure to change with it. Used by one thread at a time.
 */
final class WatchedFiles<T> {
  private static final System.Logger LOG = System.getLogger("io.coffer.api.transport");

  /** Makes sense of the files, in the order of their paths. */
  interface Reader<T> {
    T read(List<PemFile> files) throws CertificateException;
  }

  private final List<Path> paths;
  private final Reader<T> reader;
  private List<PemFile> accepted;
  private T value;
  private @Nullable String problem;
  private boolean told;

  /**
   * Reads them.
   *
   * @throws CertificateException they cannot be used
   */
  WatchedFiles(List<Path> paths, Reader<T> reader) throws CertificateException {
    this.paths = List.copyOf(paths);
    this.reader = reader;
    this.accepted = files(paths);
    this.value = reader.read(accepted);
  }

  /** What the last good files said. */
  T value() {
    return value;
  }

  /**
   * Reads them again; true if they are others now, and good. What is wrong is told of at the second
   * look that sees it, and once: at the first, somebody may have replaced one file of two.
   */
  boolean look() {
    try {
      var now = files(paths);
      if (same(now)) {
        problem = null;
        return false;
      }
      value = reader.read(now);
      accepted = now;
      problem = null;
      return true;
    } catch (CertificateException e) {
      tell(e);
      return false;
    }
  }

  private boolean same(List<PemFile> now) {
    for (int i = 0; i < now.size(); i++) {
      if (!now.get(i).sameAs(accepted.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void tell(CertificateException e) {
    var message = String.valueOf(e.getMessage());
    if (!message.equals(problem)) {
      problem = message;
      told = false;
    } else if (!told) {
      told = true;
      LOG.log(Level.WARNING, "A certificate was not replaced; the one before stays. " + message);
    }
  }

  private static List<PemFile> files(List<Path> paths) throws CertificateException {
    var files = new ArrayList<PemFile>();
    for (var path : paths) {
      files.add(PemFile.read(path));
    }
    return files;
  }
}
