package io.coffer.model;

import org.jspecify.annotations.Nullable;

/**
 * An operation of a service that is asked by forms (AWS's Query protocol): of IAM or STS. The
 * constants of the generated tables are the only ones.
 */
public interface QueryOperation {
  /** AWS's name, the Action of requests: {@code CreateUser}. */
  String modelName();

  /** The element around the members of the response; null when there are none to be. */
  @Nullable String result();

  /** Whether its requests have to be signed. Web identities and SAML bring their own proof. */
  boolean signed();

  /** The shape of the request. */
  Shape<?> input();

  /** The shape of the response; without members when {@link #result} is null. */
  Shape<?> output();
}
