package io.coffer.api;

import java.util.Set;

/** Whether a request was let in, and might do what it asked for. */
public enum Decision {
  /** Nothing stood in its way; whether it could be done is another matter. */
  ALLOWED("allowed"),
  /** It is known who asked, or that nobody signed it, and that one may not. */
  DENIED("denied"),
  /** It could not show who asked. */
  UNAUTHENTICATED("unauthenticated");

  private static final Set<String> DENIALS =
      Set.of("AccessDenied", "AccessForbidden", "MissingAuthenticationToken");

  private final String label;

  Decision(String label) {
    this.label = label;
  }

  /** How logs call it. */
  public String label() {
    return label;
  }

  /** Whether an error says that somebody may not do what was asked for. */
  static boolean isDenial(String errorCode) {
    return DENIALS.contains(errorCode);
  }
}
