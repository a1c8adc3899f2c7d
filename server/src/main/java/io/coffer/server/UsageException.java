package io.coffer.server;

import org.jspecify.annotations.Nullable;

/** Something that the person who starts the program can mend; the message says how. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Exit status of wrong settings. */
  static final int USAGE = 2;

  /** Exit status when the machine is not as it should be. */
  static final int FAILURE = 1;

  private final int exitStatus;

  private UsageException(String message, @Nullable Throwable cause, int exitStatus) {
    super(message, cause);
    this.exitStatus = exitStatus;
  }

  /** A setting is wrong. */
  static UsageException wrong(String message) {
    return new UsageException(message, null, USAGE);
  }

  /** A port, a directory or a file does not let us do as told. */
  static UsageException failed(String message) {
    return new UsageException(message, null, FAILURE);
  }

  /** The same, with what shows where it came from to those who debug. */
  static UsageException failed(String message, Throwable cause) {
    return new UsageException(message, cause, FAILURE);
  }

  /** A check cannot be made, which is no finding. */
  static UsageException cannotRun(String message, @Nullable Throwable cause) {
    return new UsageException(message, cause, USAGE);
  }

  int exitStatus() {
    return exitStatus;
  }
}
