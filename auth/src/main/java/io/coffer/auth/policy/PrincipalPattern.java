package io.coffer.auth.policy;

/**
 * One principal that a statement names. Source: IAM User Guide, "AWS JSON policy elements:
 * Principal".
 */
public sealed interface PrincipalPattern {
  /** The member of the Principal element under which it stands: AWS, if nothing else. */
  default String type() {
    return "AWS";
  }

  /** As the policy has it. */
  String text();

  /** How directly it names a caller. */
  Grant match(PrincipalNames names);

  /** "*": everyone, signed or not. */
  record Everyone() implements PrincipalPattern {
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
    public Grant match(PrincipalNames names) {
      return Grant.account(id.equals(names.account()), names);
    }
  }

  /** A user, a role, or a session, by its ARN. */
  record Arn(String text) implements PrincipalPattern {
    @Override
    public Grant match(PrincipalNames names) {
      return Grant.selfOrEntity(text.equals(names.self()), text.equals(names.entity()));
    }
  }

  /** A user or role, by the unique id that IAM puts in place of its ARN. */
  record UniqueId(String text) implements PrincipalPattern {
    @Override
    public Grant match(PrincipalNames names) {
      return Grant.selfOrEntity(text.equals(names.selfId()), text.equals(names.entityId()));
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
      return Grant.account(text.equals(names.canonicalId()), names);
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
      return Grant.self(text.equals(names.provider()));
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
      return Grant.self(text.equals(names.service()));
    }
  }
}
