package io.coffer.server;

import io.coffer.storage.StorageException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What exceptions of the Java library and of the storage mean, in words for people. */
final class Messages {
  /** How Netty's native transport names the system call, as in {@code bind(..) failed}. */
  private static final Pattern NATIVE_CALL =
      Pattern.compile("\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

  private Messages() {}

  /** A clause without a full stop. */
  static String of(Throwable e) {
    return switch (e) {
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case FileSystemException other when other.getReason() != null ->
          other.getFile() + ": " + other.getReason();
      case CharacterCodingException garbled -> "it is not UTF-8";
      case StorageException.Full full -> "the disk is full: " + clause(full.getMessage(), full);
      default -> clause(e.getMessage(), e);
    };
  }

  private static String clause(@Nullable String message, Throwable e) {
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : NATIVE_CALL.matcher(message.strip()).replaceAll("").replaceAll("\\.+$", "");
  }
}
