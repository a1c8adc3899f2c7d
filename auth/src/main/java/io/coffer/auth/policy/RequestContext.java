package io.coffer.auth.policy;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as policies see it. Source: IAM User Guide, "Policy evaluation logic", "Processing the
 * request context". For one thread at a time.
 */
public final class RequestContext {
  private final Principal principal;
  private final String action;
  private final String resource;
  private final ConditionValues values;
  private final String lowerAction;
  private @Nullable PrincipalNames names;
  private @Nullable String addressText;
  private @Nullable CidrBlock address;

  /**
   * A request.
   *
   * @param action such as s3:GetObject
   * @param resource its ARN; "*" for actions that are of none
   * @param values of condition keys; they come before those that follow from the principal
   */
  public RequestContext(
      Principal principal, String action, String resource, ConditionValues values) {
    this.principal = principal;
    this.action = action;
    this.resource = resource;
    this.values = values;
    this.lowerAction = action.toLowerCase(Locale.ROOT);
  }

  /** Who asks. */
  public Principal principal() {
    return principal;
  }

  /** What for. */
  public String action() {
    return action;
  }

  /** Of what. */
  public String resource() {
    return resource;
  }

  /** The values of a condition key, given in lower case; none if the request does not have it. */
  List<String> values(String key) {
    var given = values.get(key);
    return given.isEmpty() ? PrincipalValues.get(principal, key) : given;
  }

  /**
   * A value as an IP address, which is read once though many statements ask; null if it is none.
   */
  @Nullable CidrBlock address(String value) {
    if (!value.equals(addressText)) {
      addressText = value;
      address = CidrBlock.parse(value);
    }
    return address;
  }

  String lowerAction() {
    return lowerAction;
  }

  PrincipalNames names() {
    if (names == null) {
      names = PrincipalNames.of(principal);
    }
    return names;
  }
}
