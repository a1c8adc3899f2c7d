package io.coffer.service.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tags and source identities may be, as the model has it for requests. Source: STS API
 * Reference, Tag and AssumeRole.
 */
final class SessionTagText {
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  private static final Pattern SOURCE_IDENTITY = Pattern.compile("[\\w+=,.@-]{2,64}");

  private SessionTagText() {}

  static boolean isSourceIdentity(String text) {
    return SOURCE_IDENTITY.matcher(text).matches();
  }

  static boolean isGood(@Nullable Object key, String value) {
    return key instanceof String text
        && KEY.matcher(text).matches()
        && VALUE.matcher(value).matches();
  }
}
