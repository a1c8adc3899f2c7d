package io.coffer.service.oidc;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a tag may be, as the model has it for requests. Source: STS API Reference, Tag. */
final class SessionTagText {
  private static final Pattern KEY = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]{0,256}");

  private SessionTagText() {}

  static boolean isGood(@Nullable Object key, String value) {
    return key instanceof String text
        && KEY.matcher(text).matches()
        && VALUE.matcher(value).matches();
  }
}
