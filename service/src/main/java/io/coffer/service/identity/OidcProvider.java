package io.coffer.service.identity;

import io.coffer.service.RowReader;
import io.coffer.service.RowWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An OpenID Connect provider that an account trusts. Immutable.
 *
 * @param name its URL without the scheme, such as {@code id.example.com/realms/a}
 * @param url as it was given, with the scheme
 * @param clientIds audiences that are accepted
 * @param thumbprints SHA-1 of certificates, hex
 */
public record OidcProvider(
    String account,
    String name,
    String url,
    Instant created,
    List<String> clientIds,
    List<String> thumbprints,
    Map<String, String> tags)
    implements Entity {
  public OidcProvider {
    clientIds = List.copyOf(clientIds);
    thumbprints = List.copyOf(thumbprints);
    tags = Map.copyOf(tags);
  }

  @Override
  public String arn() {
    return "arn:aws:iam::" + account + ":oidc-provider/" + name;
  }

  public OidcProvider withClientIds(List<String> wanted) {
    return new OidcProvider(account, name, url, created, wanted, thumbprints, tags);
  }

  public OidcProvider withThumbprints(List<String> wanted) {
    return new OidcProvider(account, name, url, created, clientIds, wanted, tags);
  }

  public OidcProvider withTags(Map<String, String> wanted) {
    return new OidcProvider(account, name, url, created, clientIds, thumbprints, wanted);
  }

  void write(RowWriter out) {
    out.text(name).text(url);
    Rows.time(out, created);
    Rows.texts(out, clientIds);
    Rows.texts(out, thumbprints);
    out.map(tags);
  }

  static OidcProvider read(String account, RowReader in) {
    return new OidcProvider(
        account, in.text(), in.text(), Rows.time(in), Rows.texts(in), Rows.texts(in), in.map());
  }
}
