package io.coffer.service;

import io.coffer.model.S3Error;
import io.coffer.model.S3Exception;
import io.coffer.service.Finding.Target;
import io.coffer.storage.Inspection.Kind;
import io.coffer.storage.StorageException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.LongAdder;

/** What happens when somebody reads bytes that are damaged. Thread-safe. */
final class DamagedReads {
  private static final Logger LOG = System.getLogger(DamagedReads.class.getName());

  private final LongAdder count = new LongAdder();

  /** How often that was so. */
  long count() {
    return count.sum();
  }

  /**
   * Logs it, and makes what the client is told. AWS has no error of its own for it.
   *
   * @param bytes from the first that cannot be read to the last that was wanted
   */
  S3Exception met(Target target, ByteRange bytes, StorageException cause) {
    count.increment();
    var finding =
        new Finding(
            Kind.DAMAGE,
            target,
            bytes,
            String.valueOf(cause.getMessage()),
            "put the object again, or delete this version of it");
    LOG.log(Level.ERROR, "An object that was asked for is damaged: " + finding.line());
    return S3Error.INTERNAL_ERROR
        .exception("The object is damaged on the disk of the server: " + finding.place())
        .with("BucketName", String.valueOf(target.bucket()))
        .with("Key", String.valueOf(target.key()))
        .with("VersionId", String.valueOf(target.versionId()));
  }
}
