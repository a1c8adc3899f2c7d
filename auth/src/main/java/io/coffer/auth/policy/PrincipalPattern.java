package io.coffer.auth.policy;

/**
 * One principal that a statement names. Source: IAM User Guide, "AWS JSON policy elements:
 * Principal".
 */
public sealed interface PrincipalPattern {
  /** The member of the Principal element under which it stands: AWS, Service, … */
  String type();

  /** As the policy has it. */
  String text();

  /** How directly it names a caller. */
  Grant match(PrincipalNames names);

  /** "*": everyone, signed or not. */
  record Everyone() implements PrincipalPattern {
    @Override
    public String type() {
      return "AWS";
    }

    @Override
    public String text() {
      return "*";
    }

    @Override
    public Grant match(PrincipalNames names) {
      return Grant.SELF;
    }
  }

  /**
   * An account, by its id or by the ARN of its root, which mean the same.
   *
   * @param id 12 digits
   */
  record AccountId(String text, String id) implements PrincipalPattern {
    @Override
    public String type() {
      return "AWS";
    }

    @Override
    public Grant match(PrincipalNames names) {
      if (!id.equals(names.account())) {
        return Grant.NONE;
      }
      return names.isRoot() ? Grant.SELF : Grant.ACCOUNT;
    }
  }

  /** A user, a role, or a session, by its ARN. */
  record Arn(String text) implements PrincipalPattern {
    @Override
    public String type() {
      return "AWS";
    }

    @Override
    public Grant match(PrincipalNames names) {
      if (text.equals(names.self())) {
        return Grant.SELF;
      }
      return text.equals(names.entity()) ? Grant.ENTITY : Grant.NONE;
    }
  }

  /** A user or role, by the unique id that IAM puts in place of its ARN. */
  record UniqueId(String text) implements PrincipalPattern {
    @Override
    public String type() {
      return "AWS";
    }

    @Override
    public Grant match(PrincipalNames names) {
      if (text.equals(names.selfId())) {
        return Grant.SELF;
      }
      return text.equals(names.entityId()) ? Grant.ENTITY : Grant.NONE;
    }
  }

  /** An account, by its canonical id. */
  record CanonicalUser(String text) implements PrincipalPattern {
    @Override
    public String type() {
      return "CanonicalUser";
    }

    @Override
    public Grant match(PrincipalNames names) {
      if (!text.equals(names.canonicalId())) {
        return Grant.NONE;
      }
      return names.isRoot() ? Grant.SELF : Grant.ACCOUNT;
    }
  }

  /** Whoever an identity provider vouches for. */
  record Federated(String text) implements PrincipalPattern {
    @Override
    public String type() {
      return "Federated";
    }

    @Override
    public Grant match(PrincipalNames names) {
      return text.equals(names.provider()) ? Grant.SELF : Grant.NONE;
    }
  }

  /** A service. */
  record ServiceName(String text) implements PrincipalPattern {
    @Override
    public String type() {
      return "Service";
    }

    @Override
    public Grant match(PrincipalNames names) {
      return text.equals(names.service()) ? Grant.SELF : Grant.NONE;
    }
  }
}
