package io.coffer.auth.policy;

/**
 * A statement that applies to a request.
 *
 * @param layer what its policy is to the decision
 * @param policy name of its policy
 */
public record Match(Layer layer, String policy, Statement statement) {
  /** As people speak of it: "statement 1 of the identity policy ReadOnly". */
  public String title() {
    return statement.title() + " of the " + layer.words() + " " + policy;
  }
}
