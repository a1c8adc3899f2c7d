package io.coffer.auth;

/** An access key, its secret, and for whom it speaks. */
public record Credential(String accessKeyId, String secretAccessKey, Caller.Known caller) {
  /** A key of the root of an account. */
  public Credential(String accessKeyId, String secretAccessKey, Account account) {
    this(accessKeyId, secretAccessKey, new Caller.Root(account, accessKeyId));
  }

  /** The account for whose root, user or session it speaks. */
  public Account account() {
    return caller.account();
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "Credential[" + accessKeyId + ", " + caller.arn() + "]";
  }
}
