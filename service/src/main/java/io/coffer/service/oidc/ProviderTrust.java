package io.coffer.service.oidc;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts the servers of a provider: those that everybody trusts, and those behind a certificate of
 * a registered thumbprint, which is how providers with an authority of their own are used. The name
 * is verified either way. Source: IAM User Guide, "Obtain the thumbprint for an OpenID Connect
 * identity provider".
 */
final class ProviderTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager usual;
  private final Set<String> thumbprints;

  private ProviderTrust(X509ExtendedTrustManager usual, List<String> thumbprints) {
    this.usual = usual;
    this.thumbprints =
        thumbprints.stream().map(t -> t.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  /**
   * How a client of a provider speaks TLS.
   *
   * @param thumbprints SHA-1 of certificates, hex
   */
  static SSLContext context(List<String> thumbprints) throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      var trust = new ProviderTrust(trusting(null), thumbprints);
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be had", e);
    }
  }

  /** The JDK's trust in one authority, or in those that it comes with. */
  private static X509ExtendedTrustManager trusting(@Nullable X509Certificate authority)
      throws GeneralSecurityException, IOException {
    KeyStore store = null;
    if (authority != null) {
      store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setCertificateEntry("authority", authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (var manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager extended) {
        return extended;
      }
    }
    throw new GeneralSecurityException("the JDK has no trust manager for certificates");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    try {
      usual.checkServerTrusted(chain, authType, engine);
    } catch (CertificateException e) {
      behindThumbprint(chain, e).checkServerTrusted(chain, authType, engine);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    try {
      usual.checkServerTrusted(chain, authType, socket);
    } catch (CertificateException e) {
      behindThumbprint(chain, e).checkServerTrusted(chain, authType, socket);
    }
  }

  private X509ExtendedTrustManager behindThumbprint(
      X509Certificate[] chain, CertificateException otherwise) throws CertificateException {
    try {
      for (var certificate : chain) {
        if (thumbprints.contains(thumbprint(certificate))) {
          return trusting(certificate);
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      otherwise.addSuppressed(e);
    }
    throw otherwise;
  }

  private static String thumbprint(X509Certificate certificate) throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-1");
    return HexFormat.of().formatHex(digest.digest(certificate.getEncoded()));
  }

  /** Without a connection no name can be verified; nothing of ours asks so. */
  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    usual.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no client is trusted here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return usual.getAcceptedIssuers();
  }
}
