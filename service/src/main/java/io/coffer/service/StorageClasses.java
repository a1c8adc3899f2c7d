package io.coffer.service;

import io.coffer.model.s3.StorageClass;
import org.jspecify.annotations.Nullable;

/** Storage classes: kept and shown as given; there is only one place here. */
public final class StorageClasses {
  private static final String STANDARD = "STANDARD";

  private StorageClasses() {}

  /** The word that is kept: what the client gave, or STANDARD. */
  public static String of(@Nullable StorageClass given) {
    return given == null ? STANDARD : given.wire();
  }

  /** The class that GetObject and HeadObject show: none for STANDARD. */
  public static @Nullable StorageClass shown(String kept) {
    return kept.equals(STANDARD) ? null : StorageClass.of(kept);
  }
}
