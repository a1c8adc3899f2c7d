package io.coffer.auth.policy;

/** What a policy is to a decision. */
public enum Layer {
  IDENTITY("identity policy"),
  BOUNDARY("permissions boundary"),
  SESSION("session policy"),
  RESOURCE("resource policy");

  private final String words;

  Layer(String words) {
    this.words = words;
  }

  /** As explanations call it. */
  public String words() {
    return words;
  }
}
