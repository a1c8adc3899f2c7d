package io.coffer.service.sts;

import io.coffer.model.CommonError;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The ARN of a role that somebody wants to assume. Source: IAM User Guide, "IAM identifiers".
 *
 * @param text as it was given
 * @param account id of its account
 * @param name of the role, without its path
 */
record RoleArn(String text, String account, String name) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "arn:aws:iam::([0-9]{12}):role/(?:[\\x21-\\x7e]{1,510}/)?([\\w+=,.@-]{1,64})");

  /**
   * Reads one.
   *
   * @throws io.coffer.model.QueryException ValidationError
   */
  static RoleArn parse(@Nullable String text) {
    var matcher = SHAPE.matcher(text == null ? "" : text);
    if (text == null || !matcher.matches()) {
      throw CommonError.VALIDATION_ERROR.exception("Request ARN is invalid");
    }
    return new RoleArn(text, matcher.group(1), matcher.group(2));
  }
}
