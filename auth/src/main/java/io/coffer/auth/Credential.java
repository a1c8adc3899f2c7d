package io.coffer.auth;

/** An access key, its secret, and the account whose root it speaks for. */
public record Credential(String accessKeyId, String secretAccessKey, Account account) {
  /** Without the secret. */
  @Override
  public String toString() {
    return "Credential[" + accessKeyId + ", " + account.id() + "]";
  }
}
