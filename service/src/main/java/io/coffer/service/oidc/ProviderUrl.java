package io.coffer.service.oidc;

import java.net.URI;

/** The URL of a provider, which is also the issuer of its tokens, with or without a last slash. */
final class ProviderUrl {
  private ProviderUrl() {}

  static boolean same(String url, String other) {
    return withoutSlash(url).equals(withoutSlash(other));
  }

  static String withoutSlash(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }

  /**
   * Where a provider says where its keys are. Source: OpenID Connect Discovery 1.0, 4.
   *
   * @throws IllegalArgumentException it is no URL
   */
  static URI discovery(String url) {
    return URI.create(withoutSlash(url) + "/.well-known/openid-configuration");
  }
}
