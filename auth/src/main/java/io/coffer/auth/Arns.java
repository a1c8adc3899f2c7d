package io.coffer.auth;

/**
 * What accounts and those who act for them are called. Source: IAM User Guide, "IAM identifiers".
 * Accounts are given by their ids, paths begin and end with a slash.
 */
public final class Arns {
  private static final String IAM = "arn:aws:iam::";
  private static final String STS = "arn:aws:sts::";

  private Arns() {}

  /** The root of an account. */
  public static String root(String account) {
    return IAM + account + ":root";
  }

  /** A user. */
  public static String user(String account, String path, String name) {
    return IAM + account + ":user" + path + name;
  }

  /** A group. */
  public static String group(String account, String path, String name) {
    return IAM + account + ":group" + path + name;
  }

  /** A role. */
  public static String role(String account, String path, String name) {
    return IAM + account + ":role" + path + name;
  }

  /** A session of a role. */
  public static String assumedRole(String account, String role, String session) {
    return STS + account + ":assumed-role/" + role + "/" + session;
  }

  /** A session of GetFederationToken. */
  public static String federatedUser(String account, String name) {
    return STS + account + ":federated-user/" + name;
  }
}
