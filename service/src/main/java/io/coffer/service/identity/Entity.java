package io.coffer.service.identity;

import java.time.Instant;

/** What an account has by name: a user, group, role, managed policy or OIDC provider. */
public sealed interface Entity permits User, Group, Role, ManagedPolicy, OidcProvider {
  /** The account's id. */
  String account();

  /** As it was given; unique in the account whatever its case. The URL of a provider. */
  String name();

  /** Its ARN. */
  String arn();

  /** When it was made. */
  Instant created();
}
