package io.coffer.service.sts;

import io.coffer.auth.Caller;
import io.coffer.auth.Credential;
import io.coffer.auth.Session;
import io.coffer.service.Accounts;
import io.coffer.service.LatestUsed;
import io.coffer.service.identity.Sealer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Session tokens: a session and its secret, sealed by this server, which keeps none of them. The
 * key of a session is part of the seal, so that a token is of no use with another key. Thread-safe.
 */
public final class SessionTokens {
  /** More than any that is made: what is packed into one is bounded. */
  static final int MOST_CHARACTERS = 8_192;

  private static final int MOST_REMEMBERED = 2_000;

  private final Sealer sealer;
  private final Accounts accounts;
  private final Map<String, Credential> opened = LatestUsed.map(MOST_REMEMBERED);

  public SessionTokens(Sealer sealer, Accounts accounts) {
    this.sealer = sealer;
    this.accounts = accounts;
  }

  /** The token of a session. */
  String seal(Session session, String secret) {
    var sealed = sealer.seal(SessionCode.write(session, secret), associated(session.accessKeyId()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
  }

  /**
   * What a token was made from, expired or not.
   *
   * @param token any text
   * @return null when this server has not made it for that key, or its account is no more
   */
  public @Nullable Credential open(String accessKeyId, String token) {
    if (token.length() > MOST_CHARACTERS) {
      return null;
    }
    var hash = hash(token);
    var known = opened.get(hash);
    if (known != null && known.accessKeyId().equals(accessKeyId) && isOfAnAccount(known)) {
      return known;
    }
    var read = unseal(accessKeyId, token);
    if (read != null) {
      opened.put(hash, read);
    }
    return read;
  }

  /** Whether its account is still there, and is called as it was. */
  private boolean isOfAnAccount(Credential credential) {
    return accounts
        .lookup(credential.account().id())
        .filter(credential.account()::equals)
        .isPresent();
  }

  private @Nullable Credential unseal(String accessKeyId, String token) {
    return decode(token)
        .flatMap(bytes -> sealer.open(bytes, associated(accessKeyId)))
        .flatMap(plain -> SessionCode.read(plain, accessKeyId, accounts::lookup))
        .map(
            read ->
                new Credential(accessKeyId, read.secret(), new Caller.InSession(read.session())))
        .orElse(null);
  }

  private static Optional<byte[]> decode(String token) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(token));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] associated(String accessKeyId) {
    return ("session token of " + accessKeyId).getBytes(StandardCharsets.UTF_8);
  }

  private static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
