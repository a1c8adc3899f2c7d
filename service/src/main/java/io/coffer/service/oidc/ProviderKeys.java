package io.coffer.service.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.coffer.service.LatestUsed;
import io.coffer.service.identity.OidcProvider;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The keys of OIDC providers, as they publish them, remembered for an hour. Anybody can make the
 * server ask for them, so it asks for unknown keys at most once in a minute, and a provider that
 * fails is left alone for a while; meanwhile its old keys are good for a day. Thread-safe. Source:
 * OpenID Connect Discovery 1.0; RFC 7517.
 */
public final class ProviderKeys {
  private static final System.Logger LOG = System.getLogger(ProviderKeys.class.getName());

  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration STALE = Duration.ofHours(24);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(10);
  private static final int MOST_PROVIDERS = 1_000;

  /** So many keys are tried for a token that does not say which it is. */
  private static final int MOST_CANDIDATES = 10;

  private final DocumentSource documents;
  private final InstantSource clock;
  private final Map<Source, Published> published = LatestUsed.map(MOST_PROVIDERS);

  public ProviderKeys(DocumentSource documents, InstantSource clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /**
   * The keys that may have made a signature; none when the provider does not publish such a key.
   *
   * @throws IOException the provider cannot be asked, and what was known of it is too old
   */
  List<JWK> find(OidcProvider provider, JWSHeader header) throws IOException {
    var source = new Source(provider.url(), provider.thumbprints());
    var keys = published.computeIfAbsent(source, Published::new);
    var found = select(keys.get(false), header);
    return found.isEmpty() ? select(keys.get(true), header) : found;
  }

  private static List<JWK> select(JWKSet keys, JWSHeader header) {
    var matching = new JWKSelector(JWKMatcher.forJWSHeader(header)).select(keys);
    return matching.size() > MOST_CANDIDATES ? matching.subList(0, MOST_CANDIDATES) : matching;
  }

  /** Which thumbprints are trusted is a matter of the account that has registered the provider. */
  private record Source(String url, List<String> thumbprints) {}

  private record Fetched(JWKSet keys, Instant at) {}

  /** What one provider publishes. One thread at a time asks it. */
  private final class Published {
    private final Source source;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Fetched fetched;
    private Instant notBefore = Instant.MIN;

    Published(Source source) {
      this.source = source;
    }

    /**
     * The keys.
     *
     * @param anew whether what is known lacks a key
     */
    JWKSet get(boolean anew) throws IOException {
      lock.lock();
      try {
        var now = clock.instant();
        var known = fetched;
        if (known != null && now.isAfter(known.at().plus(STALE))) {
          known = null;
        }
        boolean isFresh = known != null && now.isBefore(known.at().plus(FRESH));
        if (known != null && ((isFresh && !anew) || now.isBefore(notBefore))) {
          return known.keys();
        }
        if (now.isBefore(notBefore)) {
          throw new IOException("it failed a moment ago");
        }
        return fetch(known, now);
      } finally {
        lock.unlock();
      }
    }

    private JWKSet fetch(@Nullable Fetched known, Instant now) throws IOException {
      try {
        notBefore = now.plus(PAUSE);
        var keys = download();
        fetched = new Fetched(keys, now);
        return keys;
      } catch (IOException e) {
        notBefore = now.plus(PAUSE_AFTER_FAILURE);
        if (known == null) {
          throw e;
        }
        LOG.log(
            Level.WARNING,
            "The identity provider %s cannot be asked for its keys, those of %s are used: %s"
                .formatted(source.url(), known.at(), e.getMessage()));
        return known.keys();
      }
    }

    private JWKSet download() throws IOException {
      try {
        var discovery = text(ProviderUrl.discovery(source.url()));
        var configuration = JSONObjectUtils.parse(discovery);
        var issuer = JSONObjectUtils.getString(configuration, "issuer");
        if (issuer == null || !ProviderUrl.same(issuer, source.url())) {
          throw new IOException("its configuration is of another issuer");
        }
        var keys = JSONObjectUtils.getString(configuration, "jwks_uri");
        if (keys == null) {
          throw new IOException("its configuration does not say where its keys are");
        }
        return JWKSet.parse(text(URI.create(keys)));
      } catch (ParseException | IllegalArgumentException e) {
        throw new IOException("its configuration or its keys cannot be read", e);
      }
    }

    private String text(URI address) throws IOException {
      return new String(documents.get(address, source.thumbprints()), StandardCharsets.UTF_8);
    }
  }
}
