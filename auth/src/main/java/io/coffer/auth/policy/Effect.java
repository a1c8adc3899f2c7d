package io.coffer.auth.policy;

/** What a statement does where it applies. */
public enum Effect {
  ALLOW("Allow"),
  DENY("Deny");

  private final String word;

  Effect(String word) {
    this.word = word;
  }

  /** As policies write it. */
  public String word() {
    return word;
  }
}
