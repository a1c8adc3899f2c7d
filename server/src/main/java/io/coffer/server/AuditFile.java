package io.coffer.server;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in a file that its owner alone can read. When it is full it becomes {@code FILE.1},
 * what was that {@code FILE.2}, and so on; the last one goes. A line is the operating system's when
 * {@link #write} returns, and is in the file whole or not at all. Thread-safe.
 *
 * <p>Plain streams, since channels close when a thread that writes is interrupted.
 */
final class AuditFile implements AuditSink {
  private static final Logger LOG = System.getLogger(AuditFile.class.getName());

  private final Path file;
  private final long maxBytes;
  private final int kept;
  private final AuditCounts counts;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable FileOutputStream out;
  private long size;
  private boolean closed;

  /** Whether the last line was lost, which has been told of. */
  private boolean failing;

  /** Whether the file cannot be put aside, which has been told of. */
  private boolean stuck;

  private AuditFile(Path file, long maxBytes, int kept, AuditCounts counts) {
    this.file = file;
    this.maxBytes = maxBytes;
    this.kept = kept;
    this.counts = counts;
  }

  /**
   * Opens it, and makes it if it is not there.
   *
   * @param maxBytes after which it is put aside, unless one line is longer
   * @param kept how many older files stay, 1 or more
   * @throws IOException it cannot be written
   */
  static AuditFile open(Path file, long maxBytes, int kept, AuditCounts counts) throws IOException {
    var sink = new AuditFile(file, maxBytes, kept, counts);
    sink.opened();
    return sink;
  }

  @Override
  public void write(String line) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (closed) {
        counts.lost(1);
        return;
      }
      append(bytes);
      counts.written(1);
      if (failing) {
        failing = false;
        LOG.log(Level.INFO, "The audit log is written again; {0} lines were lost.", counts.lost());
      }
    } catch (IOException e) {
      counts.lost(1);
      cut();
      if (!failing) {
        failing = true;
        LOG.log(Level.WARNING, "The audit log " + file + " cannot be written", e);
      }
    } finally {
      lock.unlock();
    }
  }

  private void append(byte[] bytes) throws IOException {
    var stream = opened();
    if (size > 0 && size + bytes.length > maxBytes && isOrdinary()) {
      stream = rotated();
    }
    stream.write(bytes);
    size += bytes.length;
  }

  /** Pipes, devices and links to them stay where they are. */
  private boolean isOrdinary() {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  private FileOutputStream opened() throws IOException {
    var stream = out;
    if (stream == null) {
      if (!Files.exists(file)) {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(SecretFile.OWNER_FILE));
      }
      stream = new FileOutputStream(file.toFile(), true);
      out = stream;
      size = isOrdinary() ? Files.size(file) : 0;
      if (size > 0 && lastByte() != '\n') {
        stream.write('\n'); // after a line that a crash cut off
        size++;
      }
    }
    return stream;
  }

  private int lastByte() throws IOException {
    try (var reader = new RandomAccessFile(file.toFile(), "r")) {
      reader.seek(size - 1);
      return reader.read();
    }
  }

  /** The stream of a new file, or of the old one when that cannot be put aside. */
  private FileOutputStream rotated() throws IOException {
    closeFile();
    try {
      for (int i = kept; i > 1; i--) {
        if (Files.exists(older(i - 1))) {
          Files.move(older(i - 1), older(i), StandardCopyOption.REPLACE_EXISTING);
        }
      }
      Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
      stuck = false;
    } catch (IOException e) {
      if (!stuck) {
        stuck = true;
        LOG.log(Level.WARNING, "The audit log is full and goes on in the same file", e);
      }
    }
    return opened();
  }

  private Path older(int number) {
    return Path.of(file + "." + number);
  }

  /** Takes back what was written of a line that failed, and opens the file anew for the next. */
  private void cut() {
    try (var stream = out) {
      if (stream != null) {
        stream.getChannel().truncate(size);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A line of the audit log is cut off", e);
    } finally {
      out = null;
    }
  }

  private void closeFile() throws IOException {
    if (out != null) {
      out.close();
      out = null;
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      closeFile();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "The end of the audit log may be lost", e);
    } finally {
      lock.unlock();
    }
  }
}
