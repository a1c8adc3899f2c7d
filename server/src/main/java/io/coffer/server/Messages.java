package io.coffer.server;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** What exceptions of the Java library mean, in words for people. */
final class Messages {
  private Messages() {}

  static String of(Exception e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
