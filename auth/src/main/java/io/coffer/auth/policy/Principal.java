package io.coffer.auth.policy;

import io.coffer.auth.Account;
import io.coffer.auth.Arns;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as policies see it. Source: IAM User Guide, "AWS JSON policy elements: Principal" and
 * "IAM identifiers".
 */
public sealed interface Principal {
  /** The account it belongs to; null for those that belong to none. */
  @Nullable Account account();

  /** Its ARN; a word in its place where there is none. */
  String arn();

  /** The root of an account. */
  record Root(Account account) implements Principal {
    @Override
    public String arn() {
      return Arns.root(account.id());
    }
  }

  /**
   * An IAM user, with a key of its own or a session token.
   *
   * @param path begins and ends with a slash
   * @param id such as AIDA…
   */
  record User(Account account, String path, String name, String id, Map<String, String> tags)
      implements Principal {
    public User {
      tags = Map.copyOf(tags);
    }

    @Override
    public String arn() {
      return Arns.user(account.id(), path, name);
    }
  }

  /**
   * A session of a role.
   *
   * @param path of the role; begins and ends with a slash
   * @param roleId such as AROA…
   * @param tags of the role, and over them those of the session
   * @param provider the identity provider that vouched for the session; null for sessions of
   *     AssumeRole
   */
  record AssumedRole(
      Account account,
      String path,
      String roleName,
      String roleId,
      String sessionName,
      Map<String, String> tags,
      @Nullable String provider)
      implements Principal {
    public AssumedRole {
      tags = Map.copyOf(tags);
    }

    @Override
    public String arn() {
      return Arns.assumedRole(account.id(), roleName, sessionName);
    }

    /** The ARN of the role itself. */
    public String roleArn() {
      return Arns.role(account.id(), path, roleName);
    }
  }

  /**
   * A session that a user or root made with GetFederationToken.
   *
   * @param issuer who made it; the session has at most its permissions
   * @param tags of the session
   */
  record FederatedUser(Account account, String name, Issuer issuer, Map<String, String> tags)
      implements Principal {
    public FederatedUser {
      tags = Map.copyOf(tags);
    }

    /** Who made a federated session: a user of the account, or its root. */
    public sealed interface Issuer {
      /** A user. */
      record ByUser(User user) implements Issuer {}

      /** Root. */
      record ByRoot() implements Issuer {}
    }

    @Override
    public String arn() {
      return Arns.federatedUser(account.id(), name);
    }
  }

  /**
   * Somebody for whom an identity provider vouches and who has no session yet: the caller of
   * AssumeRoleWithWebIdentity, of whom trust policies alone decide.
   *
   * @param provider ARN of the OIDC provider
   */
  record WebIdentity(String provider) implements Principal {
    @Override
    public @Nullable Account account() {
      return null;
    }

    @Override
    public String arn() {
      return provider;
    }
  }

  /**
   * A service that acts by itself.
   *
   * @param name such as logging.s3.amazonaws.com
   */
  record Service(String name) implements Principal {
    @Override
    public @Nullable Account account() {
      return null;
    }

    @Override
    public String arn() {
      return name;
    }
  }

  /** Nobody: the request was not signed. */
  record Anonymous() implements Principal {
    @Override
    public @Nullable Account account() {
      return null;
    }

    @Override
    public String arn() {
      return "anonymous";
    }
  }
}
