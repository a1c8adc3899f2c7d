package io.coffer.auth;

/** Who asks. */
public sealed interface Caller {
  /** Nobody: the request was not signed. */
  record Anonymous() implements Caller {}

  /** Somebody of an account. */
  sealed interface Known extends Caller {
    /** The account it belongs to. */
    Account account();

    /** The access key that signed. */
    String accessKeyId();

    /** Its name for policies and logs. */
    String arn();
  }

  /** The root of an account. */
  record Root(Account account, String accessKeyId) implements Known {
    @Override
    public String arn() {
      return Arns.root(account.id());
    }
  }

  /**
   * An IAM user with a key of its own.
   *
   * @param path begins and ends with a slash
   * @param id such as AIDA…
   */
  record User(Account account, String path, String name, String id, String accessKeyId)
      implements Known {
    @Override
    public String arn() {
      return Arns.user(account.id(), path, name);
    }
  }

  /** Somebody with the temporary credentials of a session. */
  record InSession(Session session) implements Known {
    @Override
    public Account account() {
      return session.account();
    }

    @Override
    public String accessKeyId() {
      return session.accessKeyId();
    }

    @Override
    public String arn() {
      return session.arn();
    }
  }
}
