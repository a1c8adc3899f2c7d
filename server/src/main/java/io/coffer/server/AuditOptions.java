package io.coffer.server;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the audit log goes: into a file, to a collector, or nowhere.
 *
 * @param file null for none
 * @param collector an http or https URL that takes lines of JSON by POST; null for none
 * @param fileBytes after which a file is put aside
 * @param files how many of those that were put aside are kept, 1 or more
 */
public record AuditOptions(
    @Nullable Path file, @Nullable URI collector, long fileBytes, int files) {
  /** Nowhere. */
  public static final AuditOptions OFF = new AuditOptions(null, null, 1, 1);

  /** Whether there is an audit log. */
  public boolean isOn() {
    return file != null || collector != null;
  }

  /** The log in a file. */
  public static AuditOptions in(Path file, long fileBytes, int files) {
    return new AuditOptions(file, null, fileBytes, files);
  }

  /** The log at a collector. */
  public static AuditOptions at(URI collector) {
    return new AuditOptions(null, collector, 1, 1);
  }
}
