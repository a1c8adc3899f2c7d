package io.coffer.api.limits;

/** A limit that a request can run into. */
public enum Limit {
  /** Requests in flight of everybody. */
  SERVER("server"),
  /** Requests in flight of an account. */
  ACCOUNT("account"),
  /** Requests in flight of an access key. */
  KEY("key"),
  /** Bytes a second of an account. */
  BANDWIDTH("bandwidth"),
  /** Failed authentications of an address. */
  LOGINS("logins");

  private final String label;

  Limit(String label) {
    this.label = label;
  }

  /** Its name in metrics. */
  public String label() {
    return label;
  }
}
